package dev.ebt.text.experiment.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.report.ReportTable;
import dev.ebt.statistics.SizeDataLaw;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The verdicts on losses by known laws. */
class SurfaceComparisonTest {
  private static final int SEEDS = 3;
  private static final double FLOOR = 0.95;

  /** Returns losses by a law whose exponent over data differs from seed to seed. */
  private static LossSurface surface(double size, double data, double noise) {
    List<LossSurface.Point> points = new ArrayList<>();
    for (int width = 16; width <= 64; width += 16) {
      long parameters = 500L * width;
      for (long bytes = 51_200; bytes <= 819_200; bytes *= 2) {
        long of = bytes;
        points.add(
            new LossSurface.Point(
                width,
                parameters,
                bytes,
                IntStream.range(0, SEEDS)
                    .mapToDouble(seed -> data + noise * (seed - 1))
                    .map(
                        exponent ->
                            new SizeDataLaw(FLOOR, 50, size, 100, exponent).at(parameters, of))
                    .toArray()));
      }
    }
    return LossSurface.of(points, FLOOR);
  }

  private static Finding finding(LossSurface ebt, LossSurface baseline) {
    return new SurfaceComparison(ebt, baseline).finding("Rates.");
  }

  @Test
  void itHoldsWhereBothExponentsAreHigher() {
    Finding finding = finding(surface(0.6, 0.5, 0.001), surface(0.5, 0.4, 0.001));

    assertThat(finding.outcome()).isEqualTo(Outcome.HOLDS);
    assertThat(finding.sentence())
        .startsWith("The exponent of the EBT is higher by +20.0 % (+")
        .contains(" over parameters and by +25.0 % (+")
        .endsWith("over data; published are +2.91 % and +35.98 %. Rates.");
    ReportTable losses = (ReportTable) finding.figures().get(1);
    assertThat(losses.columns()).startsWith("width", "parameters", "51,200 bytes").hasSize(7);
    assertThat(losses.rows()).hasSize(4).allMatch(row -> row.size() == 7);
  }

  @Test
  void itDoesNotHoldWhereOneIsLower() {
    assertThat(finding(surface(0.6, 0.4, 0.001), surface(0.5, 0.5, 0.001)).outcome())
        .isEqualTo(Outcome.DOES_NOT_HOLD);
  }

  @Test
  void itCannotTellWhereTheLossOfASeedIsBelowTheFloor() {
    LossSurface ebt = surface(0.6, 0.5, 0.001);
    ebt.points().get(0).losses()[1] = FLOOR - 1e-3;

    Finding finding = finding(ebt, surface(0.5, 0.4, 0.001));

    assertThat(finding.outcome()).isEqualTo(Outcome.CANNOT_TELL);
    assertThat(finding.sentence()).startsWith("A loss is not above the floor H");
  }

  @Test
  void itCannotTellWhereSeedsDisagree() {
    assertThat(finding(surface(0.6, 0.42, 0.05), surface(0.5, 0.4, -0.05)).outcome())
        .isEqualTo(Outcome.CANNOT_TELL);
  }

  @Test
  void itCannotTellWhereTheOtherLossMayNotFallWithTheData() {
    assertThat(finding(surface(0.6, 0.4, 0.001), surface(0.5, -0.01, 0.02)).outcome())
        .isEqualTo(Outcome.CANNOT_TELL);
  }
}
