package dev.ebt.interact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SparklineTest {
  @Test
  void blocksFollowTheNumbers() {
    assertThat(Sparkline.of(List.of(7.0, 3.0, 1.0, 0.0))).isEqualTo("█▄▂▁");
  }

  @Test
  void equalNumbersAreFlat() {
    assertThat(Sparkline.of(List.of(-2.0, -2.0))).isEqualTo("▁▁");
    assertThat(Sparkline.of(List.of())).isEmpty();
  }

  @Test
  void numbersThatAreNotFiniteDoNotChangeTheScale() {
    assertThat(Sparkline.of(List.of(1.0, Double.NaN, 0.0, Double.POSITIVE_INFINITY)))
        .isEqualTo("█?▁?");
  }
}
