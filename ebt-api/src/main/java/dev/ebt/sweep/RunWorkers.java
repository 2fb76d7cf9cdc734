package dev.ebt.sweep;

import java.nio.file.Path;
import java.time.Duration;

/** A way to train runs, each in a process of its own. */
public interface RunWorkers {
  /** The beginning of the last line of output of a process that could not begin to train. */
  String REFUSED = "ebt: ";

  /**
   * A part of a training.
   *
   * @param configuration the file that the run begins from
   * @param run its folder; a run that is there is resumed
   * @param until the update after which it is saved and ends, if it is not complete before
   * @param log the file that messages are appended to
   * @param parallel the trainings at the same time, this one included, which share the processors
   */
  record Order(Path configuration, Path run, long until, Path log, int parallel) {}

  /**
   * Begins to train a run.
   *
   * @throws dev.ebt.error.UserException if no process can be started
   */
  RunWorker start(Order order);

  /** A training in progress. How it ended is recorded in its run. */
  interface RunWorker {
    /** Waits for its end; returns false if that has not come within a time. */
    boolean await(Duration time) throws InterruptedException;

    /** Asks it to save and to end; from any thread, and also several times. */
    void stop();
  }
}
