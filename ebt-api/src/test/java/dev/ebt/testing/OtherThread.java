package dev.ebt.testing;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Work in a thread of its own, which has ended when the caller goes on. */
public final class OtherThread {
  private OtherThread() {}

  /** What the work threw, or null. */
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
