package dev.ebt.monitor;

import dev.ebt.predict.EvaluationResult;
import java.util.List;

/** A listener for the progress of training. */
public interface TrainingListener {
  /**
   * Called when a training phase starts; it ends when the next one starts.
   *
   * @param step the update that the phase is, or follows
   */
  default void starting(TrainingPhase phase, long step) {}

  /**
   * Called after the batches of an update were used, with the time that the training waited for
   * them instead of computing.
   */
  default void waited(long step, long nanoseconds) {}

  /** Called after a training step. */
  default void stepped(long step, StepMetrics metrics) {}

  /**
   * Called instead of {@link #stepped} when a monitor has left out an update. Its loss and norm may
   * not be finite.
   */
  default void skipped(long step, StepMetrics metrics) {}

  /** Called when a monitor warns of something, after it was recorded. */
  default void warned(long step, TrainingWarning warning, MonitorAction action) {}

  /** Called after a validation, with one result per number of thinking steps, increasing. */
  default void validated(long step, List<EvaluationResult> results) {}

  /**
   * Called when a checkpoint is due.
   *
   * @param results of the validation after this step; empty if there was none
   */
  default void checkpoint(long step, List<EvaluationResult> results) {}
}
