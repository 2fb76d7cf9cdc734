package dev.ebt.inference;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The thread of a model, and how other threads wait for it. */
final class ModelThread {
  /** A century; of about three, nanoseconds are more than a long has. */
  private static final Duration MAX_PATIENCE = Duration.ofDays(36_500);

  private final Thread thread;

  ModelThread(Runnable work) {
    thread = new Thread(work, "ebt-model");
    thread.setDaemon(true); // A model that nobody closes does not keep the program running.
  }

  void start() {
    thread.start();
  }

  /**
   * Waits for a result of the thread.
   *
   * @throws RuntimeException the failure of the computation
   * @throws ThinkingInterruptedException if this thread is interrupted, which cancels the result
   * @throws IllegalStateException if this is the thread itself
   */
  <T> T await(CompletableFuture<T> future) {
    if (Thread.currentThread() == thread) {
      future.cancel(true);
      throw new IllegalStateException(
          "a receiver of predictions or a dependent of a future waits for the model, whose thread"
              + " calls it; use thinkAsync, or another thread");
    }
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new ThinkingInterruptedException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e);
    }
  }

  /** Waits for the end of the thread. */
  void join() {
    joinFor(0);
  }

  /** Waits for the end of the thread, for some time. */
  void join(Duration patience) {
    Duration bounded = patience.compareTo(MAX_PATIENCE) < 0 ? patience : MAX_PATIENCE;
    joinFor(bounded.isNegative() ? 1 : Math.max(1, bounded.toMillis()));
  }

  /** Waits for the end of the thread, for ever with 0 ms. */
  private void joinFor(long milliseconds) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("the model cannot be closed by its own thread");
    }
    boolean interrupted = false;
    long end = System.nanoTime() + milliseconds * 1_000_000;
    while (thread.isAlive() && (milliseconds == 0 || end - System.nanoTime() > 0)) {
      try {
        thread.join(milliseconds == 0 ? 0 : Math.max(1, (end - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
