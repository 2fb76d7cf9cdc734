package dev.ebt.testing;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A runner of work in a separate thread that waits for its end. */
public final class OtherThread {
  private OtherThread() {}

  /** Returns the exception thrown by the work, or null. */
  public static @Nullable Throwable failure(String name, Runnable work) {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Throwable e) {
                thrown.set(e);
              }
            },
            name);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return thrown.get();
  }
}
