package dev.ebt.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.error.UserException;
import dev.ebt.testing.ScheduleContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each schedule keeps the contract, and its formula. */
class LearningRateScheduleTest {
  @Nested
  class OfConstant extends ScheduleContract {
    @Override
    protected LearningRateSchedule schedule() {
      return new ConstantSchedule(null, null);
    }
  }

  @Nested
  class OfConstantWithoutWarmUp extends ScheduleContract {
    @Override
    protected LearningRateSchedule schedule() {
      return ConstantSchedule.atPeak();
    }
  }

  @Nested
  class OfCosine extends ScheduleContract {
    @Override
    protected LearningRateSchedule schedule() {
      return new CosineSchedule(null, null, null, null);
    }
  }

  @Nested
  class OfCosineThatEndsInItsWarmUp extends ScheduleContract {
    @Override
    protected LearningRateSchedule schedule() {
      return new CosineSchedule(100, 50, 0);
    }
  }

  @Nested
  class OfLinear extends ScheduleContract {
    @Override
    protected LearningRateSchedule schedule() {
      return new LinearSchedule(0, null, 600, null);
    }
  }

  @Nested
  class OfInverseSquareRoot extends ScheduleContract {
    @Override
    protected LearningRateSchedule schedule() {
      return new InverseSquareRootSchedule(null, 0.1);
    }
  }

  @Nested
  class OfInverseSquareRootWithoutWarmUp extends ScheduleContract {
    @Override
    protected LearningRateSchedule schedule() {
      return new InverseSquareRootSchedule(0, null);
    }
  }

  @Nested
  class OfWarmUpStableDecay extends ScheduleContract {
    @Override
    protected LearningRateSchedule schedule() {
      return new WarmUpStableDecaySchedule(null, null, null, null, null);
    }
  }

  @Nested
  class OfWarmUpStableDecayWithoutDecay extends ScheduleContract {
    @Override
    protected LearningRateSchedule schedule() {
      return new WarmUpStableDecaySchedule(0, null, 600, 0.0, 0.5);
    }
  }

  /** Rates that an independent implementation of the published schedule computed. */
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
  void cosineWarmsUpAndFallsToTheFloorAndStaysThere(long step, double rate) {
    assertThat(new CosineSchedule(10, 100, 0.1).rate(step, 0.0012)).isCloseTo(rate, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.0002997336083378166",
    "10, 0.0002742172942406181",
    "12, 0.0002634107647018908",
    "50, 0.000029999999999999997"
  })
  void cosineFallsAtOnceWithoutWarmUp(long step, double rate) {
    assertThat(new CosineSchedule(0, 50, 0.1).rate(step, 0.0003)).isCloseTo(rate, within(1e-15));
  }

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
    CosineSchedule schedule = new CosineSchedule(10, 50, 0.1);
    assertThat(schedule.publishedRate(step, 1.8, 0.0012)).isCloseTo(fast, within(fast * 1e-5));
    assertThat(schedule.publishedRate(step, 0.0012, 0.0012))
        .isCloseTo(common, within(common * 1e-5));
  }

  @Test
  void aWarmUpLongerThanTrainingReachesItsPortion() {
    CosineSchedule schedule = new CosineSchedule(100, 50, 0.1);
    assertThat(schedule.rate(50, 1)).isEqualTo(0.5);
    assertThat(schedule.rate(100, 1)).isEqualTo(1);
    assertThat(schedule.rate(101, 1)).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void aWarmUpStartsAtItsFractionOfThePeak() {
    CosineSchedule schedule = new CosineSchedule(10, 0.25, 50, 0.1);
    assertThat(schedule.rate(1, 1)).isCloseTo(0.325, within(1e-12));
    assertThat(schedule.rate(10, 1)).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.2", "5, 1", "6, 1", "1000, 1"})
  void constantStaysAtItsPeak(long step, double rate) {
    assertThat(new ConstantSchedule(5, null).rate(step, 3)).isCloseTo(3 * rate, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"5, 0.5", "10, 1", "11, 0.98", "35, 0.6", "60, 0.2", "61, 0.2", "600, 0.2"})
  void linearFallsByTheSameAmountEachStep(long step, double rate) {
    // 50 steps from 1 to 0.2: 0.016 each; from 10 to 60.
    double expected = step <= 10 ? rate : Math.max(0.2, 1 - 0.016 * (step - 10));
    assertThat(new LinearSchedule(10, null, 60, 0.2).rate(step, 2))
        .isCloseTo(2 * expected, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"2, 0.5", "4, 1", "16, 0.5", "36, 0.33333333333333333", "400, 0.1"})
  void inverseSquareRootHalvesInFourTimesTheSteps(long step, double rate) {
    assertThat(new InverseSquareRootSchedule(4, null).rate(step, 3))
        .isCloseTo(3 * rate, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"5, 0.5", "10, 1", "11, 1", "80, 1", "85, 0.775", "90, 0.55", "100, 0.1", "101, 0.1"})
  void warmUpStableDecayStaysAtItsPeakUntilTheDecay(long step, double rate) {
    assertThat(new WarmUpStableDecaySchedule(10, null, 100, 0.2, 0.1).rate(step, 2))
        .isCloseTo(2 * rate, within(1e-12));
  }

  @Test
  void settingsWithoutMeaningAreRefused() {
    assertThatThrownBy(() -> new CosineSchedule(-1, 50, 0.1))
        .isInstanceOf(UserException.class)
        .hasMessage("warmUp is -1; 0 or more expected");
    assertThatThrownBy(() -> new CosineSchedule(1, 50, 1.5))
        .hasMessage("floor is 1.5; a fraction from 0 to 1 expected");
    assertThatThrownBy(() -> new LinearSchedule(1, null, 0, null))
        .hasMessage("decaySteps is 0; at least 1 expected");
    assertThatThrownBy(() -> new WarmUpStableDecaySchedule(1, null, 9, Double.NaN, null))
        .hasMessage("decay is NaN; a fraction from 0 to 1 expected");
    assertThatThrownBy(() -> new ConstantSchedule(0, 0.5))
        .hasMessageContaining(
            "warmUpStart is 0.5, but schedule.warmUp is 0, so that it has no effect");
  }
}
