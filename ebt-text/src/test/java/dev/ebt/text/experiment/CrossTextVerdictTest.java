package dev.ebt.text.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.report.ReportTable;
import dev.ebt.store.MetricsHistory;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrossTextVerdictTest {
  /** Losses of a model on two texts: on the own one, and more by a rise on the other one. */
  private static double[][][] model(double own, double... rises) {
    double[][][] losses = new double[2][rises.length][];
    for (int seed = 0; seed < rises.length; seed++) {
      losses[0][seed] = new double[] {own, own + rises[seed]};
      losses[1][seed] = new double[] {own + rises[seed], own};
    }
    return losses;
  }

  private static Finding finding(double[][][] ebt, double[][][] transformer) {
    return new CrossTextVerdict(List.of("one", "other"), ebt, transformer).finding();
  }

  @Test
  void holdsIfTheLossOfTheEbtRisesLess() {
    assertThat(finding(model(1, 0.2, 0.21, 0.2), model(1, 0.3, 0.31, 0.32)).outcome())
        .isEqualTo(Outcome.HOLDS);
  }

  @Test
  void doesNotHoldIfItRisesMore() {
    assertThat(finding(model(1, 0.3, 0.31, 0.32), model(1, 0.2, 0.21, 0.2)).outcome())
        .isEqualTo(Outcome.DOES_NOT_HOLD);
  }

  @Test
  void cannotTellIfSeedsDisagree() {
    assertThat(finding(model(1, 0.2, 0.4, 0.3), model(1, 0.3, 0.3, 0.3)).outcome())
        .isEqualTo(Outcome.CANNOT_TELL);
  }

  @Test
  void cannotTellIfLossesOnTheOwnTextDiffer() {
    Finding finding = finding(model(1, 0.2, 0.21, 0.2), model(1.1, 0.3, 0.31, 0.32));

    assertThat(finding.outcome()).isEqualTo(Outcome.CANNOT_TELL);
    assertThat(finding.sentence())
        .endsWith("On one, other it differs by more than 0.02, so they are not equal.");
  }

  @Test
  void cannotTellIfLossesOnTheOwnTextsDifferInOppositeDirections() {
    double[][][] ebt = model(1, 0.2, 0.21, 0.2);
    double[][][] transformer = model(1, 0.3, 0.31, 0.32);
    for (int seed = 0; seed < 3; seed++) {
      transformer[0][seed][0] += 0.15;
      transformer[1][seed][1] -= 0.15;
    }

    Finding finding = finding(ebt, transformer);

    assertThat(finding.outcome()).isEqualTo(Outcome.CANNOT_TELL);
    assertThat(finding.sentence()).contains("On one, other it differs by more than 0.02");
  }

  @Test
  void tablesTellTheTextOfTrainingFromThatOfEvaluation() {
    double[] onOne = {1, 1.25};
    double[] onOther = {2.5, 2};
    double[][][] ebt = {{onOne, onOne}, {onOther, onOther}};
    Finding finding = finding(ebt, model(1, 0.5, 0.5));

    assertThat(cells((ReportTable) finding.figures().get(0), 2))
        .containsExactly(
            List.of("one", "one", "1 (1 … 1)"),
            List.of("one", "other", "1.25 (1.25 … 1.25)"),
            List.of("other", "one", "2.5 (2.5 … 2.5)"),
            List.of("other", "other", "2 (2 … 2)"));
    assertThat(cells((ReportTable) finding.figures().get(1), 1))
        .containsExactly(List.of("one", "0.25 (0.25 … 0.25)"), List.of("other", "0.5 (0.5 … 0.5)"));
  }

  private static List<List<String>> cells(ReportTable table, int last) {
    return table.rows().stream().map(row -> row.subList(0, last + 1)).toList();
  }

  @Test
  void theBetterModelIsTakenWhereItsLossWasThatOfTheOther() {
    MetricsHistory.Curve better = curve(3, 2, 1);
    MetricsHistory.Curve worse = curve(4, 3, 2.2);

    assertThat(MatchedLosses.of(better, worse)).isEqualTo(new MatchedLosses(200, 300));
    assertThat(MatchedLosses.of(worse, better)).isEqualTo(new MatchedLosses(300, 200));
  }

  private static MetricsHistory.Curve curve(double... losses) {
    return new MetricsHistory.Curve(new double[] {100, 200, 300}, losses);
  }
}
