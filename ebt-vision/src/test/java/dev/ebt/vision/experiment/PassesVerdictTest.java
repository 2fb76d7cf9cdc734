package dev.ebt.vision.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.report.ReportTable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassesVerdictTest {
  private static final List<Integer> PASSES = List.of(1, 2, 4);

  /** A model whose PSNR is {@code quality} after its best number of passes, differing by seed. */
  private static QualityByPasses model(int best, double quality) {
    return model(best, quality, quality + 0.1, quality - 0.1);
  }

  private static QualityByPasses model(int best, double... bySeed) {
    List<double[]> rows =
        Arrays.stream(bySeed)
            .mapToObj(top -> PASSES.stream().mapToDouble(n -> top - Math.abs(n - best)).toArray())
            .toList();
    return new QualityByPasses(PASSES, rows, rows);
  }

  private static Finding finding(QualityByPasses ebt, QualityByPasses dit) {
    // What is not part of the verdict is the other way round.
    return new PassesVerdict(
            new PassesVerdict.Quality(ebt, dit), new PassesVerdict.Quality(dit, ebt))
        .finding();
  }

  @Test
  void holdsIfTheEbtIsBetterWithNoMorePasses() {
    assertThat(finding(model(1, 25), model(2, 24)).outcome()).isEqualTo(Outcome.HOLDS);
    assertThat(finding(model(2, 25), model(2, 24)).outcome()).isEqualTo(Outcome.HOLDS);
  }

  @Test
  void doesNotHoldIfTheEbtIsWorseOrNeedsMorePasses() {
    assertThat(finding(model(1, 24), model(2, 25)).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
    assertThat(finding(model(4, 25), model(2, 24)).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
  }

  @Test
  void cannotTellIfSeedsDisagree() {
    QualityByPasses seeds = model(1, 24, 26, 25);

    assertThat(finding(seeds, model(2, 25, 25, 25)).outcome()).isEqualTo(Outcome.CANNOT_TELL);
  }

  @Test
  void qualityIsThatOfTheNumberPickedOnOtherImages() {
    QualityByPasses model =
        new QualityByPasses(
            PASSES, List.of(new double[] {1, 3, 2}), List.of(new double[] {10, 20, 30}));

    assertThat(model.picked()).containsExactly(2);
    assertThat(model.quality()).containsExactly(20);
  }

  @Test
  void aThinkingStepCountsAsTwoComputations() {
    ReportTable picked = (ReportTable) finding(model(2, 25), model(2, 24)).figures().get(0);

    assertThat(picked.rows().get(0)).startsWith("ebt", "2 (2 … 2)", "4 (4 … 4)");
    assertThat(picked.rows().get(1)).startsWith("dit", "2 (2 … 2)", "2 (2 … 2)");
  }
}
