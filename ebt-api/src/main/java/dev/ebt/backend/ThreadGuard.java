package dev.ebt.backend;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A guard of an object that is not thread-safe. It rejects a call while another thread is in one,
 * with an exception that names both threads and the fix, before any state is corrupted. It is not a
 * lock: no thread waits, and threads that take turns under an external lock are allowed.
 *
 * <pre>{@code
 * try (ThreadGuard.Use use = guard.enter()) {
 *   ...
 * }
 * }</pre>
 *
 * <p>Calls that belong together, such as observing a context and stepping, must come from the
 * thread that made the first of them: see {@link #claim} and {@link #enterClaimed}.
 */
public final class ThreadGuard {
  private final Class<?> guarded;
  private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();
  private final Use use = this::leave;
  private int depth;
  private volatile @Nullable Thread owner;

  /** Creates a guard of an object of this class. */
  public ThreadGuard(Class<?> guarded) {
    this.guarded = guarded;
  }

  /** A call in progress; closing it ends the call. */
  public interface Use extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Begins a call. Reentrant: a thread that is in a call may make others.
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
   * Begins the first of several calls that must come from this thread.
   *
   * @throws IllegalStateException if another thread is in a call
   */
  public Use claim() {
    Use entered = enter();
    owner = Thread.currentThread();
    return entered;
  }

  /**
   * Begins a call that must come from the thread of the last {@link #claim}.
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
            + ". Open one TrainedModel per thread, or hold one lock from the observation of"
            + " a context to the last call that uses it");
  }
}
