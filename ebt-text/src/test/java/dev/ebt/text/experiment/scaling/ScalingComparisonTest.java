package dev.ebt.text.experiment.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.Scale;
import dev.ebt.experiment.TrainingWork;
import dev.ebt.report.Chart;
import dev.ebt.report.ReportTable;
import dev.ebt.text.grammar.BracketGrammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The verdicts on losses by known power laws. */
class ScalingComparisonTest {
  private static final int SEEDS = 5;
  private static final double FLOOR = 0.95;
  private static final double EBT_COST = 4;

  /**
   * Returns losses by a law whose exponent differs from seed to seed.
   *
   * @param cost operations and seconds per byte
   */
  private static ScalingCurve curve(double factor, double exponent, double noise, double cost) {
    List<ScalingCurve.Point> points = new ArrayList<>();
    for (ScalingSize size : ScalingAxis.DATA.sizes()) {
      double bytes = size.bytes();
      points.add(
          new ScalingCurve.Point(
              ScalingAxis.DATA.value(size),
              bytes,
              new TrainingWork(1000, bytes * cost),
              IntStream.range(0, SEEDS)
                  .mapToDouble(
                      seed -> FLOOR + factor * Math.pow(bytes, -exponent - noise * (seed - 2)))
                  .toArray(),
              IntStream.range(0, SEEDS).mapToDouble(seed -> bytes * cost).toArray()));
    }
    return new ScalingCurve(points, FLOOR);
  }

  private static Finding finding(double ebt, double baseline, double noise) {
    return new ScalingComparison(
            ScalingAxis.DATA, curve(100, ebt, noise, EBT_COST), curve(100, baseline, -noise, 1))
        .finding("Rates.");
  }

  @Test
  void theFloorIsThatOfTheDesign() {
    assertThat(ScalingRuns.TEXT)
        .contains(String.format(Locale.ROOT, "H = %.4f", ScalingRuns.floor(Scale.FULL)))
        .contains(
            String.format(
                Locale.ROOT, "the entropy rate, is %.4f", new BracketGrammar(3).entropyPerByte()));
  }

  @Test
  void itHoldsWhereTheExponentOfTheEbtIsHigherWithEveryDraw() {
    Finding finding = finding(0.5, 0.4, 0.001);

    assertThat(finding.outcome()).isEqualTo(Outcome.HOLDS);
    assertThat(finding.sentence())
        .startsWith("The exponent β over bytes of training text is 0.5 (0.49")
        .contains("higher by +25.0 % (+24.", "published are +35.98 %")
        .endsWith("Rates.");
  }

  @Test
  void itDoesNotHoldWhereTheExponentIsLower() {
    assertThat(finding(0.4, 0.5, 0.001).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
  }

  @Test
  void itDoesNotHoldWhereNeitherIsHigherAndThePublishedFigureIsExcluded() {
    assertThat(finding(0.4, 0.4, 0.01).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
  }

  @Test
  void itCannotTellWhereBothNothingAndThePublishedFigureArePossible() {
    assertThat(finding(0.45, 0.4, 0.08).outcome()).isEqualTo(Outcome.CANNOT_TELL);
  }

  @Test
  void itCannotTellWhereTheOtherLossMayNotFall() {
    assertThat(finding(0.4, 0.001, 0.002).outcome()).isEqualTo(Outcome.CANNOT_TELL);
  }

  @Test
  void itCannotTellWhereTheLossOfASeedIsBelowTheFloorThoughMeansAreAbove() {
    ScalingCurve usual = curve(100, 0.5, 0.001, EBT_COST);
    double[] losses = usual.points().get(4).losses();
    losses[2] = FLOOR - 1e-3;

    Finding finding =
        new ScalingComparison(ScalingAxis.DATA, usual, curve(100, 0.4, -0.001, 1))
            .finding("Rates.");

    assertThat(usual.means()[4]).isGreaterThan(FLOOR);
    assertThat(finding.outcome()).isEqualTo(Outcome.CANNOT_TELL);
    assertThat(finding.sentence()).startsWith("A loss is not above the floor H");
  }

  @Test
  void itCannotTellWhereALossIsBelowTheFloor() {
    Finding finding =
        new ScalingComparison(
                ScalingAxis.DATA, curve(-100, 0.4, 0, EBT_COST), curve(100, 0.4, 0, 1))
            .finding("Rates.");

    assertThat(finding.outcome()).isEqualTo(Outcome.CANNOT_TELL);
    assertThat(finding.sentence()).startsWith("A loss is not above the floor H");
  }

  @Test
  void lossesAtEqualCostAreThoseOfTheLawAndNoneAreBeyondTheLongestTraining() {
    Finding finding = finding(0.4, 0.4, 0);
    ReportTable table = (ReportTable) finding.figures().get(2);
    double bytes = ScalingAxis.DATA.sizes().get(0).bytes();
    double advantage = 100 * (Math.pow(bytes * EBT_COST, -0.4) - Math.pow(bytes, -0.4));

    assertThat(table.rows().get(0).get(2)).isEqualTo("0 (0 … 0)");
    assertThat(Double.parseDouble(table.rows().get(0).get(3).split(" ")[0]))
        .isBetween(advantage - 1e-3, advantage + 1e-3);
    assertThat(table.rows().get(0).get(4)).isEqualTo(table.rows().get(0).get(3));
    assertThat(table.rows().get(4).get(3)).isEqualTo("none");
    assertThat(finding.figures()).last().isInstanceOf(Chart.class);
  }
}
