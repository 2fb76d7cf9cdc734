package dev.ebt.plugin;

import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Scope;
import com.google.inject.Scopes;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A Guice scope that lasts as long as one run is open: creates each instance once, and owns it and
 * everything else of the run that must be closed. Closing closes all of it, the last one first,
 * because what is created later may use what was there before.
 */
public final class RunScope implements Scope, AutoCloseable {
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private boolean closed;

  /** Creates a scope that owns nothing yet. */
  RunScope() {}

  @Override
  public <T> Provider<T> scope(Key<T> key, Provider<T> unscoped) {
    return Scopes.SINGLETON.scope(
        key,
        () -> {
          T instance = unscoped.get();
          if (instance instanceof AutoCloseable closeable) {
            own(closeable);
          }
          return instance;
        });
  }

  /**
   * Adds a resource to close with the run, and returns it. A resource that is owned already keeps
   * its place.
   *
   * @throws IllegalStateException if the run is closed; the resource is closed then, too
   */
  public <T extends AutoCloseable> T own(T resource) {
    if (owned.stream().noneMatch(other -> other == resource)) {
      owned.push(resource);
    }
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
