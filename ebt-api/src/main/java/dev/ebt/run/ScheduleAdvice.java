package dev.ebt.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.train.PublishedCompatibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Advice for runs that are too short or too long for their learning rate schedule. */
final class ScheduleAdvice {
  /** The usual ratio of a run's length to that of its warm-up. */
  private static final int WARM_UP_PART = 10;

  private ScheduleAdvice() {}

  /**
   * Returns a line for each problem; empty if the schedule fits. A schedule has a warm-up and an
   * end if its settings are named {@code warmUp} and {@code decaySteps}.
   */
  static List<String> of(RunConfiguration configuration) {
    int steps = configuration.training().steps();
    int warmUp = configuration.schedule().settings().path("warmUp").asInt();
    List<String> advice = new ArrayList<>();
    if (warmUp > steps) {
      advice.add(
          String.format(
              Locale.ROOT,
              "schedule.warmUp is %d and training.steps %d: the learning rate rises to the end; --set schedule.warmUp=%d lets it reach its peak",
              warmUp,
              steps,
              steps / WARM_UP_PART));
    }
    advice.addAll(ofResumed(configuration));
    return advice;
  }

  /**
   * Returns the lines for a training that is resumed, whose first learning rates cannot be changed
   * any more.
   */
  static List<String> ofResumed(RunConfiguration configuration) {
    int steps = configuration.training().steps();
    ObjectNode schedule = configuration.schedule().settings();
    int decaySteps = schedule.path("decaySteps").asInt(steps);
    List<String> advice = new ArrayList<>();
    boolean risesAgain =
        configuration.compatibility() == PublishedCompatibility.PUBLISHED
            && configuration.schedule().name().equals("cosine");
    if (decaySteps < steps && !risesAgain) {
      advice.add(
          String.format(
              Locale.ROOT,
              "schedule.decaySteps is %d and training.steps %d: the learning rate is at its floor after update %1$d; --set schedule.decaySteps=%2$d spreads its fall",
              decaySteps,
              steps));
    }
    return advice;
  }
}
