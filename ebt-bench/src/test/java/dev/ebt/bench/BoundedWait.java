package dev.ebt.bench;

import java.util.concurrent.Callable;

/** Waits of tests for what another thread does, which fail rather than hang. */
public final class BoundedWait {
  private static final long NANOSECONDS = 30_000_000_000L;

  private BoundedWait() {}

  /** Waits until a condition holds. */
  public static void until(Callable<Boolean> condition) throws Exception {
    long begin = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - begin > NANOSECONDS) {
        throw new AssertionError("the condition did not hold within 30 s");
      }
      Thread.onSpinWait();
    }
  }
}
