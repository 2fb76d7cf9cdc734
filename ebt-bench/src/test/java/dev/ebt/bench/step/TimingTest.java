package dev.ebt.bench.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.tensor.OperationCount;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTest {
  private static final OperationCount WORK =
      new OperationCount(OperationCount.NONE.products(), 3_000_000_000L, 500_000_000L);

  private final Timing one = timing(1, 1.0, 4.0, 2.0);
  private final Timing three = timing(3, 3.0, 3.5, 90.0);

  private static Timing timing(int steps, double... seconds) {
    List<Stopwatch.Time> later =
        Arrays.stream(seconds).mapToObj(s -> new Stopwatch.Time(s, 2 * s)).toList();
    List<Timing.Pair> pairs = List.of(pair(4, 1, 4, 2), pair(40, 2, 4, 2), pair(4, 3, 8, 6));
    return new Timing(steps, 64, 9, later, 10, WORK, pairs);
  }

  private static Timing.Pair pair(double step, double products, double stepCpu, double productCpu) {
    return new Timing.Pair(
        new Stopwatch.Time(step, stepCpu), new Stopwatch.Time(products, productCpu));
  }

  @Test
  void disturbedStepsDoNotCount() {
    assertThat(one.median()).isEqualTo(2);
    assertThat(three.median()).isEqualTo(3.5);
    assertThat(three.minimum()).isEqualTo(3);
    assertThat(three.metrics()).containsEntry("cpuSecondsMedian", 7.0);
  }

  @Test
  void threeStepsAreHeldAgainstThreeTimesOneStep() {
    assertThat(three.ratioTo(one)).isEqualTo(3.5 / 6);
    assertThat(one.ratioTo(one)).isEqualTo(1);
  }

  @Test
  void thinkingIsHeldAgainstTheBaseline() {
    Timing baseline = timing(0, 0.5, 0.5, 0.7);
    assertThat(three.relativeTo(baseline)).isEqualTo(7);
    assertThat(baseline.relativeTo(baseline)).isEqualTo(1);
  }

  @Test
  void shareOfTheRateIsThatOfTheProductsInStepsNextToThem() {
    assertThat(one.metrics())
        .containsEntry("ofProductRate", 0.25) // The median of 1/4, 2/40 and 3/4.
        .containsEntry("ofProductRateByCpu", 0.625) // 10 of 16 seconds.
        .containsEntry("gigaflop", 3.5)
        .containsEntry("gigaflopPointwise", 3.0);
  }

  @Test
  void shareByCpuTimeIsUnknownWhereTheClockIsTooCoarse() {
    assertThat(shareByCpu(0.25, 0.2)).isEqualTo(0.8);
    assertThat(shareByCpu(0.25, 0.19)).isEqualTo("unknown");
    assertThat(shareByCpu(0.19, 0.2)).isEqualTo("unknown");
    assertThat(shareByCpu(0, 0)).isEqualTo("unknown");
  }

  private static Object shareByCpu(double step, double products) {
    List<Stopwatch.Time> later = List.of(new Stopwatch.Time(1, step));
    List<Timing.Pair> pairs = List.of(pair(1, 1, step, products));
    return new Timing(1, 64, 9, later, 10, WORK, pairs).metrics().get("ofProductRateByCpu");
  }
}
