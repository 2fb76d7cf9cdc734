package dev.ebt.backend;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A guard of an object that is not thread-safe: it refuses a call while another thread is in one,
 * by an exception that names both threads and the remedy, before any state is damaged. It is no
 * lock: nobody waits, and threads that take turns under a lock of their own pass.
 *
 * <pre>{@code
 * try (ThreadGuard.Use use = guard.enter()) {
 *   ...
 * }
 * }</pre>
 *
 * <p>Calls that only together make sense, such as observing a context and stepping, belong to the
 * thread that made the first of them: see {@link #claim} and {@link #enterClaimed}.
 */
public final class ThreadGuard {
  private final Class<?> guarded;
  private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();
  private final Use use = this::leave;
  private int depth;
  private volatile @Nullable Thread owner;

  /** A guard of an object of this class. */
  public ThreadGuard(Class<?> guarded) {
    this.guarded = guarded;
  }

  /** A call in progress; closing it ends the call. */
  public interface Use extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Begins a call. A thread that is in one may make others.
   *
   * @throws IllegalStateException if another thread is in a call
   */
  public Use enter() {
    Thread current = Thread.currentThread();
    if (user.get() != current) {
      Thread other = user.compareAndExchange(null, current);
      if (other != null) {
        throw refusal(current, "while thread '" + other.getName() + "' was using it");
      }
    }
    depth++;
    return use;
  }

  /**
   * Begins a call that others of this thread will follow.
   *
   * @throws IllegalStateException if another thread is in a call
   */
  public Use claim() {
    Use entered = enter();
    owner = Thread.currentThread();
    return entered;
  }

  /**
   * Begins a call that follows one of {@link #claim}.
   *
   * @throws IllegalStateException if another thread is in a call, or made the last claim
   */
  public Use enterClaimed() {
    Use entered = enter();
    Thread last = owner;
    if (last != null && last != Thread.currentThread()) {
      entered.close();
      throw refusal(
          Thread.currentThread(), "after thread '" + last.getName() + "' observed its context");
    }
    return entered;
  }

  private void leave() {
    depth--;
    if (depth == 0) {
      user.set(null);
    }
  }

  private IllegalStateException refusal(Thread current, String when) {
    return new IllegalStateException(
        guarded.getSimpleName()
            + " is not thread-safe: thread '"
            + current.getName()
            + "' called it "
            + when
            + ". Open a TrainedModel with thinkers of its own for each thread, or hold one lock"
            + " from observing a context to the last call that uses it");
  }
}
