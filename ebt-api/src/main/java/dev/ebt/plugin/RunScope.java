package dev.ebt.plugin;

import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The owner of everything that is created for a run and must be closed. Closing closes all of it,
 * the last one first, because what is created later may use what was there before.
 */
@Singleton
public final class RunScope implements AutoCloseable {
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private boolean closed;

  /** Creates a scope that owns nothing yet. */
  public RunScope() {}

  /**
   * Adds a resource to close with the run, and returns it.
   *
   * @throws IllegalStateException if the run is closed; the resource is closed then, too
   */
  public <T extends AutoCloseable> T own(T resource) {
    owned.push(resource);
    if (closed) {
      close();
      throw new IllegalStateException("the run is closed");
    }
    return resource;
  }

  /**
   * Closes every resource, even if closing one fails; the first failure is then thrown, and has the
   * others as suppressed exceptions.
   */
  @Override
  public void close() {
    closed = true;
    RuntimeException failure = null;
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        RuntimeException wrapped =
            e instanceof RuntimeException r ? r : new IllegalStateException(e);
        if (failure == null) {
          failure = wrapped;
        } else {
          failure.addSuppressed(wrapped);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
