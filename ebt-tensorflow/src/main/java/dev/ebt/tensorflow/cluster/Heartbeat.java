package dev.ebt.tensorflow.cluster;

import dev.ebt.backend.Cluster;
import dev.ebt.backend.LostProcessException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A thread that shows the other processes that this one answers, and notices when another does not,
 * also while the training computes or waits. All processes beat in step, until the first of them
 * leaves. The others are then expected to leave too, as no further sum can be completed.
 */
final class Heartbeat {
  private final CollectiveSession session;
  private final Cluster cluster;
  private final Duration pause;
  private final Thread thread = new Thread(this::beat, "ebt-heartbeat");
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final CountDownLatch leaving = new CountDownLatch(1);

  Heartbeat(CollectiveSession session, Cluster cluster, Duration pause) {
    this.session = session;
    this.cluster = cluster;
    this.pause = pause;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void beat() {
    try {
      long[] leavers = new long[cluster.size()];
      OptionalInt left = OptionalInt.empty();
      while (left.isEmpty()) {
        leavers[cluster.rank()] = leavesWithin(pause) ? 1 : 0;
        session.sum(SumGraph.Kind.HEARTBEAT, new HostNumbers.Longs(leavers));
        left = IntStream.range(0, leavers.length).filter(i -> leavers[i] > 0).findFirst();
      }
      if (leavers[cluster.rank()] == 0 && !leavesWithin(cluster.timeout())) {
        failure.completeExceptionally(
            new LostProcessException(cluster.name(left.getAsInt()) + " has left"));
      }
    } catch (CollectiveException e) {
      failure.completeExceptionally(e);
    } finally {
      end.complete(null);
    }
  }

  /** Waits, and returns whether this process leaves. */
  private boolean leavesWithin(Duration time) {
    try {
      return leaving.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /**
   * Returns what completes with a {@link CollectiveException} once another process counts as lost,
   * and with a {@link LostProcessException} if one has left and this process does not follow it.
   */
  CompletableFuture<Void> failure() {
    return failure;
  }

  /**
   * Waits for the last beat, which announces to the others that this process leaves.
   *
   * @param lost completes with an exception once another process cannot take part in it
   * @return false if another process is lost, and the beat that waits for it may never end
   */
  boolean end(CompletableFuture<Void> lost) {
    leaving.countDown();
    CompletableFuture.anyOf(end, lost.exceptionally(reason -> null)).join();
    return end.isDone();
  }
}
