package dev.ebt.tensorflow.cluster;

import dev.ebt.backend.Cluster;
import dev.ebt.backend.LostProcessException;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The messages about processes of a cluster that are lost.
 *
 * @param cluster that of this process
 */
record LossMessages(Cluster cluster) {
  /** Returns the message about a process that has ended. */
  static String ended(Cluster cluster, int process) {
    return cluster.name(process) + " has ended, or its connection is broken";
  }

  /**
   * Returns what a failed sum means.
   *
   * @param limit how long the sum waits for the other processes
   */
  LostProcessException of(CollectiveException failure, Duration limit) {
    return new LostProcessException(message(failure, limit), failure);
  }

  private String message(CollectiveException failure, Duration limit) {
    OptionalInt process = failure.process();
    if (failure.isTimeout()) {
      return unanswered(cluster.size() == 2 ? OptionalInt.of(1 - cluster.rank()) : process, limit);
    }
    if (process.isPresent()) {
      // A sum whose time is over also cancels its own call to the other process.
      return failure.isCancelled()
          ? unanswered(process, limit) + ", or has ended"
          : ended(cluster, process.getAsInt());
    }
    return "the processes cannot go on together: " + failure.getMessage();
  }

  private String unanswered(OptionalInt process, Duration limit) {
    return String.format(
        Locale.ROOT,
        "%s did not answer within %d s",
        process.isPresent() ? cluster.name(process.getAsInt()) : "another process",
        limit.toSeconds());
  }
}
