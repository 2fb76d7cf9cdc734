package dev.ebt.monitor;

import java.nio.file.Path;

/** The training that a {@link Monitor} observes. */
public interface MonitoredTraining {
  /** Returns the folder of the run, for the monitor's own files. */
  Path folder();

  /** Returns the updates that were done before; 0 unless the training was resumed. */
  long done();

  /** Returns the updates after which the training is complete. */
  long steps();

  /** Returns the model in training, to look into while an event of the training is handled. */
  default ModelInspection model() {
    return ModelInspection.NOTHING;
  }

  /**
   * Warns of something that was found at the event in progress. The warning is printed, and stored
   * in the {@code history.jsonl} of the run.
   *
   * @param action what happens beside the warning; {@link MonitorAction#SKIP} only where {@link
   *     Monitor#skips} returns true, too
   */
  default void warn(TrainingWarning warning, MonitorAction action) {
    if (action == MonitorAction.STOP) {
      stop(warning.found());
    }
  }

  /**
   * Asks the training to save and end after the update in progress. The first reason counts.
   *
   * @param reason the reason for people, without a full stop: {@code "the loss rises"}
   */
  void stop(String reason);
}
