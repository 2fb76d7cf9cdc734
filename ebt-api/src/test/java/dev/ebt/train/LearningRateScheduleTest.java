package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against rates that an independent implementation of the published schedule computed. */
class LearningRateScheduleTest {
  /** The published rule with two groups: α learns 1500 times as fast. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.18, 0.00012",
    "10, 1.8, 0.0012",
    "11, 1.79723, 0.00119834",
    "49, 0.00289421, 0.000121665",
    "50, 0.00012, 0.00012"
  })
  void publishedFloorIsTheCommonOne(long step, double fast, double common) {
    LearningRateSchedule schedule =
        new LearningRateSchedule(10, 50, 0.0012, 0.1, 0, Compatibility.PUBLISHED);
    assertThat(schedule.at(step, 1500)).isCloseTo(fast, within(fast * 1e-5));
    assertThat(schedule.at(step, 1)).isCloseTo(common, within(common * 1e-5));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.00011999999999999999",
    "10, 0.0012",
    "11, 0.0011996710465903117",
    "12, 0.001198684587140305",
    "50, 0.0007537700159401436",
    "99, 0.00012032895340968828",
    "100, 0.00011999999999999999",
    "1000, 0.00011999999999999999"
  })
  void warmsUpAndFallsToTheFloorAndStaysThere(long step, double rate) {
    LearningRateSchedule schedule = new LearningRateSchedule(10, 100, 0.0012, 0.1);
    assertThat(schedule.at(step, 1)).isCloseTo(rate, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.0002997336083378166",
    "10, 0.0002742172942406181",
    "12, 0.0002634107647018908",
    "50, 0.000029999999999999997"
  })
  void beginsToFallAtOnceWithoutWarmUp(long step, double rate) {
    LearningRateSchedule schedule = new LearningRateSchedule(0, 50, 0.0003, 0.1);
    assertThat(schedule.at(step, 1)).isCloseTo(rate, within(1e-15));
  }

  @Test
  void groupsFallInProportionToTheirOwnPeaks() {
    LearningRateSchedule schedule = new LearningRateSchedule(10, 50, 0.0012, 0.1);
    for (long step = 1; step <= 60; step++) {
      assertThat(schedule.at(step, 1500) / schedule.at(step, 1)).isCloseTo(1500, within(1e-9));
      assertThat(schedule.at(step, 0)).isZero();
    }
  }

  @Test
  void warmUpLongerThanTrainingIsNoMoreThanThat() {
    LearningRateSchedule schedule = new LearningRateSchedule(100, 50, 1, 0.1);
    assertThat(schedule.at(50, 1)).isEqualTo(0.5);
    assertThat(schedule.at(100, 1)).isEqualTo(1);
    assertThat(schedule.at(101, 1)).isCloseTo(0.1, within(1e-12));
  }
}
