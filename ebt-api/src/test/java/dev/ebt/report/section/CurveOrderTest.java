package dev.ebt.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.store.MetricsHistory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveOrderTest {
  private static MetricsHistory.Curve curve(double... values) {
    return new MetricsHistory.Curve(
        IntStream.range(0, values.length).mapToDouble(i -> i).toArray(), values);
  }

  @Test
  void aFunctionOfAMetricRisesAndFallsWithIt() {
    assertThat(CurveOrder.same(curve(7, 3, 4), curve(2, 1, 1.5))).isTrue();
    assertThat(CurveOrder.same(curve(-7, -3, -4), curve(2, 1, 1.5))).isTrue();
  }

  @Test
  void aMetricThatOnceGoesAnotherWayIsDifferent() {
    assertThat(CurveOrder.same(curve(7, 3, 2), curve(2, 1, 1.5))).isFalse();
    assertThat(CurveOrder.same(curve(7, 3, 3), curve(2, 1, 1.5))).isFalse();
    assertThat(CurveOrder.same(curve(7, 3), curve(2, 1, 1.5))).isFalse();
  }
}
