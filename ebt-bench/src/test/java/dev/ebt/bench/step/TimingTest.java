package dev.ebt.bench.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTest {
  private final Timing one = new Timing(1, 64, 9, List.of(1.0, 4.0, 2.0), 10);
  private final Timing three = new Timing(3, 64, 9, List.of(3.0, 3.5, 90.0), 10);

  @Test
  void disturbedStepsDoNotCount() {
    assertThat(one.median()).isEqualTo(2);
    assertThat(three.median()).isEqualTo(3.5);
    assertThat(three.minimum()).isEqualTo(3);
  }

  @Test
  void threeStepsAreHeldAgainstThreeTimesOneStep() {
    assertThat(three.ratioTo(one)).isEqualTo(3.5 / 6);
    assertThat(one.ratioTo(one)).isEqualTo(1);
  }

  @Test
  void thinkingIsHeldAgainstTheBaseline() {
    Timing baseline = new Timing(0, 64, 9, List.of(0.5, 0.5, 0.7), 10);
    assertThat(three.relativeTo(baseline)).isEqualTo(7);
    assertThat(baseline.relativeTo(baseline)).isEqualTo(1);
  }
}
