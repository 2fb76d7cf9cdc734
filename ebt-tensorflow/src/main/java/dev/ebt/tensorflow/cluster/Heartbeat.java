package dev.ebt.tensorflow.cluster;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A thread that shows the other processes that this one answers, and notices when another does not,
 * also while the training computes or waits. All processes beat in step, and end together.
 */
final class Heartbeat {
  private final CollectiveSession session;
  private final Duration pause;
  private final Thread thread = new Thread(this::beat, "ebt-heartbeat");
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private final CountDownLatch leaving = new CountDownLatch(1);

  Heartbeat(CollectiveSession session, Duration pause) {
    this.session = session;
    this.pause = pause;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void beat() {
    try {
      boolean left = false;
      while (!left) {
        long[] leavers = {pauseOrLeave() ? 1 : 0};
        session.sum(SumGraph.Kind.HEARTBEAT, new HostNumbers.Longs(leavers));
        left = leavers[0] > 0;
      }
    } catch (CollectiveException e) {
      failure.completeExceptionally(e);
    }
  }

  /** Waits between two beats, and returns whether this process leaves. */
  private boolean pauseOrLeave() {
    try {
      return leaving.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /**
   * Returns what completes, with a {@link CollectiveException}, once another process counts as
   * lost.
   */
  CompletableFuture<Void> failure() {
    return failure;
  }

  /** Waits for the last beat, which tells the others that this process leaves. */
  void end() {
    leaving.countDown();
    Uninterruptibles.joinUninterruptibly(thread);
  }
}
