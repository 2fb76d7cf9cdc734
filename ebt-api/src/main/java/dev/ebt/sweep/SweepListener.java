package dev.ebt.sweep;

/** A listener for the progress of a sweep, called by several threads. */
public interface SweepListener {
  /** Called when a run begins or goes on. */
  default void started(PlannedRun run, long until) {}

  /**
   * Called from time to time.
   *
   * @param updates the updates of all runs that are done
   * @param total the updates of all runs, without those that will not be done because runs ended
   *     early
   */
  default void advanced(long updates, long total) {}

  /** Called when a run is finished, has failed or was stopped. */
  default void ended(RunResult result) {}

  /** Called when the worse half of the settings is stopped after some updates. */
  default void dropped(long step, int settings, int left) {}
}
