package dev.ebt.run;

import dev.ebt.backend.Cluster;
import dev.ebt.backend.ProcessGroup;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The group of the processes that share a training. It is joined once, by the first parts of a
 * process, and passes to parts that are created anew with a measured step size.
 */
final class LazyProcessGroup implements AutoCloseable {
  private final @Nullable Cluster cluster;
  private @Nullable ProcessGroup group;

  /**
   * Creates a group that is not joined.
   *
   * @param cluster the processes; null if there is only this one
   */
  LazyProcessGroup(@Nullable Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Checks parts, makes them those of this process in the group, and compares the processes.
   *
   * @param weights checks the weights that the training begins or goes on with
   * @throws dev.ebt.error.UserException if the parts do not work, or a process does not answer or
   *     differs
   */
  void prepare(RunParts parts, Consumer<RunParts> weights) {
    Preflight.check(parts, weights, cluster);
    if (cluster == null) {
      return;
    }
    if (group == null) {
      group = parts.join(cluster);
    } else {
      parts.take(group);
    }
    ProcessComparison.check(parts);
  }

  /** Leaves the other processes. */
  @Override
  public void close() {
    ProcessGroup left = group;
    group = null;
    if (left != null) {
      left.close();
    }
  }
}
