package dev.ebt.bench.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C as a request: work that asks {@link #requested} can come to a good end, and the program
 * waits for it.
 */
final class Interrupt {
  private static final int PATIENCE_SECONDS = 60;

  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean requested;

  private Interrupt() {}

  /** From now on Ctrl-C and TERM are requests. */
  static Interrupt install() {
    Interrupt interrupt = new Interrupt();
    Runtime.getRuntime().addShutdownHook(new Thread(interrupt::request, "interrupt"));
    return interrupt;
  }

  private void request() {
    if (done.getCount() == 0) {
      return;
    }
    requested = true;
    try {
      done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether to come to an end. */
  boolean requested() {
    return requested;
  }

  /** The end has come: nothing more needs to be waited for. */
  void finished() {
    done.countDown();
  }
}
