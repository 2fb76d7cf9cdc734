package dev.ebt.run;

import dev.ebt.train.Compatibility;
import dev.ebt.train.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Advice where a run is too short or too long for the schedule of its learning rate. */
final class ScheduleAdvice {
  /** The part of a run that a warm-up usually takes. */
  private static final int WARM_UP_PART = 10;

  private ScheduleAdvice() {}

  /** Returns a line for each, none if the schedule fits. */
  static List<String> of(TrainingSettings training, Compatibility compatibility) {
    List<String> advice = new ArrayList<>();
    if (training.warmUp() > training.steps()) {
      advice.add(
          String.format(
              Locale.ROOT,
              "training.warmUp is %d and training.steps %d: the learning rate rises to the end; --set training.warmUp=%d lets it reach its peak",
              training.warmUp(),
              training.steps(),
              training.steps() / WARM_UP_PART));
    }
    if (training.decaySteps() < training.steps() && compatibility == Compatibility.CORRECTED) {
      advice.add(
          String.format(
              Locale.ROOT,
              "training.decaySteps is %d and training.steps %d: the learning rate is at its floor after update %1$d; --set training.decaySteps=%2$d spreads its fall",
              training.decaySteps(),
              training.steps()));
    }
    return advice;
  }
}
