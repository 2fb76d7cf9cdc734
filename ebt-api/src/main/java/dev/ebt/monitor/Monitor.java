package dev.ebt.monitor;

/**
 * An observer of trainings that a configuration names under {@code monitors}: it writes reports, or
 * ends a training early. It is called in the thread that trains, after each event was recorded in
 * {@code metrics.jsonl} or a checkpoint, so that what it throws loses nothing that was saved. One
 * that is {@link AutoCloseable} is closed with the run.
 *
 * <p>Its state is not part of checkpoints: a resumed training begins with a new monitor.
 */
public interface Monitor extends TrainingListener {
  /**
   * Returns whether it judges a training by the validation loss. Such a monitor is refused where
   * the objective is not judged by it ({@link dev.ebt.objective.Objective#judgedByLoss}).
   */
  default boolean comparesLosses() {
    return false;
  }

  /** Called before the first event of a training, or of the rest of a resumed one. */
  default void begin(MonitoredTraining training) {}

  /**
   * Called when the training has ended, in whatever way but by a failure.
   *
   * @param step the updates that are done
   */
  default void end(long step) {}
}
