package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.plugin.PartSettings;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.train.PublishedCompatibility;
import dev.ebt.train.TrainingSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScheduleAdviceTest {
  private static List<String> advice(
      int steps, @Nullable Integer decaySteps, PublishedCompatibility compatibility) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode().put("warmUp", 100);
    settings.put("decaySteps", decaySteps == null ? steps : decaySteps);
    return ofSchedule(steps, new PartSettings("cosine", settings), compatibility);
  }

  private static List<String> ofSchedule(
      int steps, PartSettings schedule, PublishedCompatibility compatibility) {
    return ScheduleAdvice.of(
        RunConfiguration.builder()
            .compatibility(compatibility)
            .schedule(schedule)
            .training(new TrainingSettings(steps, null, null, null, null, null, null, null, null))
            .build());
  }

  @Test
  void aScheduleThatFitsNeedsNone() {
    assertThat(advice(600, null, PublishedCompatibility.CORRECTED)).isEmpty();
    assertThat(advice(100, null, PublishedCompatibility.CORRECTED))
        .as("the last update is at the peak")
        .isEmpty();
  }

  @Test
  void aWarmUpThatNeverEndsIsToldWithOneThatDoes() {
    assertThat(advice(60, null, PublishedCompatibility.CORRECTED))
        .containsExactly(
            "schedule.warmUp is 100 and training.steps 60: the learning rate rises to the end;"
                + " --set schedule.warmUp=6 lets it reach its peak");
  }

  @Test
  void aResumedRunIsNotAdvisedOnItsBeginning() {
    ObjectNode schedule =
        JsonNodeFactory.instance.objectNode().put("warmUp", 100).put("decaySteps", 30);
    RunConfiguration configuration =
        RunConfiguration.builder()
            .schedule(new PartSettings("cosine", schedule))
            .training(new TrainingSettings(60, null, null, null, null, null, null, null, null))
            .build();

    assertThat(ScheduleAdvice.of(configuration)).hasSize(2);
    assertThat(ScheduleAdvice.ofResumed(configuration))
        .singleElement()
        .asString()
        .startsWith("schedule.decaySteps is 30");
  }

  @Test
  void aRunThatIsLengthenedIsToldThatItsRateStaysAtTheFloor() {
    assertThat(advice(1200, 600, PublishedCompatibility.CORRECTED))
        .containsExactly(
            "schedule.decaySteps is 600 and training.steps 1200: the learning rate is at its floor"
                + " after update 600; --set schedule.decaySteps=1200 spreads its fall");
    assertThat(advice(1200, 600, PublishedCompatibility.PUBLISHED))
        .as("as published, the rate rises again")
        .isEmpty();
  }

  @Test
  void aScheduleWithoutWarmUpAndEndNeedsNone() {
    assertThat(ofSchedule(60, PartSettings.of("wave"), PublishedCompatibility.CORRECTED)).isEmpty();
  }
}
