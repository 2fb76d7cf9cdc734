package dev.ebt.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.plugin.Expectation;
import dev.ebt.report.ReportTable;
import dev.ebt.report.SectionContent;
import dev.ebt.report.Verdict;
import dev.ebt.run.ExpectationCheck;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectationSectionTest {
  private static SectionContent content(double loss, List<String> differences) {
    Expectation.Value loss100 = new Expectation.Value(100, "loss", 1.37, 1.57);
    Expectation.Value gap100 = new Expectation.Value(100, "energyGap", 10.1, 14.6);
    return ExpectationSection.content(
        new ExpectationCheck(
            new Expectation("brackets", "one seed", List.of(loss100, gap100)),
            differences,
            List.of(
                new ExpectationCheck.Finding(loss100, loss),
                new ExpectationCheck.Finding(gap100, 12))));
  }

  @Test
  void aTrainingInsideIsAsExpected() {
    SectionContent content = content(1.5, List.of());
    assertThat(content.verdict())
        .isEqualTo(Verdict.good("Yes: 2 values as trainings by recipe 'brackets'."));
    assertThat(content.blocks()).singleElement().isInstanceOf(ReportTable.class);
    ReportTable table = (ReportTable) content.blocks().get(0);
    assertThat(table.rows())
        .containsExactly(
            List.of("loss", "100", "1.5", "1.37 to 1.57"),
            List.of("energyGap", "100", "12", "10.1 to 14.6"));
  }

  @Test
  void aTrainingOutsideIsToldWithTheUsualReason() {
    assertThat(content(2.5, List.of("training.learningRate is 3 instead of 0.004")).verdict())
        .isEqualTo(
            Verdict.bad(
                "No: loss after update 100 is 2.500; trainings by recipe 'brackets' have had 1.370"
                    + " to 1.570. Usual reason: training.learningRate is 3 instead of 0.004."));
  }
}
