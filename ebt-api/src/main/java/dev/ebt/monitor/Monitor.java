package dev.ebt.monitor;

import java.util.Map;

/**
 * An observer of trainings that a configuration names under {@code monitors}: it writes reports,
 * warns of failures, or ends a training early. It is called in the thread that trains, after each
 * event was recorded in {@code metrics.jsonl} or a checkpoint. One that throws after the beginning
 * is not called again, which the training says; it goes on. One that is {@link AutoCloseable} is
 * closed with the run.
 *
 * <p>A resumed training begins with a new monitor, which gets the {@link #state} of the former one.
 */
public interface Monitor extends TrainingListener {
  /**
   * Returns whether it judges a training by the validation loss. Such a monitor is refused where
   * the objective is not judged by it ({@link dev.ebt.objective.Objective#judgedByLoss}).
   */
  default boolean comparesLosses() {
    return false;
  }

  /**
   * Returns what it has to remember when the training is resumed, by names of its own choice. It is
   * called for every checkpoint, after the events before it, and saved there; numbers that are not
   * finite are left out.
   */
  default Map<String, Double> state() {
    return Map.of();
  }

  /**
   * Restores a state. It is called before {@link #begin} if the training is resumed from a
   * checkpoint that has one of a monitor of this name.
   */
  default void restore(Map<String, Double> state) {}

  /**
   * Returns whether it may leave out updates: {@link #skips} is then asked before each. The
   * gradients of an update are then kept until it is decided, which takes memory of the size of the
   * parameters.
   */
  default boolean skipsUpdates() {
    return false;
  }

  /**
   * Returns whether to leave out an update, before it changes any parameter. {@link #skipped} or
   * {@link #stepped} follows, as all monitors together decide.
   *
   * @param metrics of the update; not finite where training is about to diverge
   */
  default boolean skips(long step, StepMetrics metrics) {
    return false;
  }

  /**
   * Called when a loss, a parameter or the norm of the gradient is not finite, which ends the
   * training unless a monitor asks to roll back.
   *
   * @param found the value, and when it occurred, for people
   */
  default void diverged(String found) {}

  /**
   * Called when the training has gone back to a checkpoint, before it goes on from there with a
   * lower learning rate: updates in a row are then to be counted anew.
   *
   * @param step the updates of the checkpoint; those after it are made again
   */
  default void rolledBack(long step) {}

  /** Called before the first event of a training, or of the rest of a resumed one. */
  default void begin(MonitoredTraining training) {}

  /**
   * Called when the training has ended, in whatever way but by a failure.
   *
   * @param step the updates that are done
   */
  default void end(long step) {}
}
