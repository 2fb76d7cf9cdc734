package dev.ebt.text.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
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
    assertThat(finding.sentence()).endsWith("so they are not equal.");
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
