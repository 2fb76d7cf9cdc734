package dev.ebt.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NoiseScheduleTest {
  @Test
  void scheduleIsAsPublished() {
    assertThat(NoiseSchedule.step(0.1)).isEqualTo(99);
    assertThat(NoiseSchedule.signal(99)).isCloseTo(0.89702, within(5e-6));
    assertThat(NoiseSchedule.step(0.2)).isEqualTo(199);
    assertThat(NoiseSchedule.signal(199)).isCloseTo(0.65904, within(5e-6));
    assertThat(NoiseSchedule.step(0.001)).isZero();
    assertThat(NoiseSchedule.step(1)).isEqualTo(999);
    assertThat(NoiseSchedule.signal(-1)).isEqualTo(1);
  }
}
