package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.train.Compatibility;
import dev.ebt.train.TrainingSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScheduleAdviceTest {
  private static List<String> advice(
      int steps, @Nullable Integer decaySteps, Compatibility compatibility) {
    TrainingSettings training =
        new TrainingSettings(
            steps,
            null,
            null,
            null,
            null,
            null,
            decaySteps,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return ScheduleAdvice.of(training, compatibility);
  }

  @Test
  void aScheduleThatFitsNeedsNone() {
    assertThat(advice(600, null, Compatibility.CORRECTED)).isEmpty();
    assertThat(advice(100, null, Compatibility.CORRECTED))
        .as("the last update is at the peak")
        .isEmpty();
  }

  @Test
  void aWarmUpThatNeverEndsIsToldWithOneThatDoes() {
    assertThat(advice(60, null, Compatibility.CORRECTED))
        .containsExactly(
            "training.warmUp is 100 and training.steps 60: the learning rate rises to the end;"
                + " --set training.warmUp=6 lets it reach its peak");
  }

  @Test
  void aRunThatIsLengthenedIsToldThatItsRateStaysAtTheFloor() {
    assertThat(advice(1200, 600, Compatibility.CORRECTED))
        .containsExactly(
            "training.decaySteps is 600 and training.steps 1200: the learning rate is at its floor"
                + " after update 600; --set training.decaySteps=1200 spreads its fall");
    assertThat(advice(1200, 600, Compatibility.PUBLISHED))
        .as("as published, the rate rises again")
        .isEmpty();
  }
}
