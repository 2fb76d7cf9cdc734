package dev.ebt.train;

import dev.ebt.backend.ProcessGroup;

/**
 * The way in which processes share the updates of a training.
 *
 * @param processes those that share the training
 * @param batches the batches of an update, a multiple of the processes: each has replay buffers of
 *     its own
 * @param localSteps 1 where gradients are summed over processes in every update; else the updates
 *     that each process makes by itself between two averages of what a training changes
 */
public record SharedUpdates(ProcessGroup processes, int batches, int localSteps) {
  /** Refuses numbers that are no number of updates, or cannot be shared. */
  public SharedUpdates {
    if (localSteps < 1 || batches % processes.size() != 0) {
      throw new IllegalArgumentException(
          localSteps + " local steps, " + batches + " batches of " + processes.size());
    }
  }

  /** Returns updates of one batch in each process, whose gradients are summed. */
  public static SharedUpdates of(ProcessGroup processes) {
    return new SharedUpdates(processes, processes.size(), 1);
  }

  /** Returns the updates that the settings of a training describe. */
  public static SharedUpdates of(ProcessGroup processes, TrainingSettings settings) {
    return new SharedUpdates(processes, settings.accumulate(), settings.localSteps());
  }

  /** Returns updates of one batch in one process. */
  static SharedUpdates alone() {
    return of(ProcessGroup.alone());
  }

  /** Returns whether each process makes updates by itself. */
  boolean local() {
    return localSteps > 1;
  }

  /**
   * Returns whether the processes are alike after an update: what a training changes was averaged,
   * or gradients are summed in every update.
   */
  boolean alikeAfter(long step) {
    return step % localSteps == 0;
  }

  /** Returns whether what a training changes is averaged after an update. */
  boolean averagesAfter(long step) {
    return local() && alikeAfter(step);
  }

  /** Returns the processes over which gradients are summed in every update. */
  ProcessGroup summing() {
    return local() ? ProcessGroup.alone() : processes;
  }

  /** Returns the number of batches of this process in an update. */
  int here() {
    return batches / processes.size();
  }
}
