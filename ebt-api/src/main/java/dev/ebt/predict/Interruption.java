package dev.ebt.predict;

import org.jspecify.annotations.Nullable;

/**
 * The way to end a long computation between two of its programs on the backend, such as thinking
 * steps: who starts it gives a check, which predictors call before each program. The check belongs
 * to the thread, as the predictors do.
 *
 * <pre>{@code
 * Interruption.during(this::throwIfCancelled, () -> predictor.reach(10_000, 0));
 * }</pre>
 *
 * <p>A predictor that was interrupted has taken some of its steps. It can be closed, or observe the
 * next context.
 */
public final class Interruption {
  private static final ThreadLocal<@Nullable Runnable> CHECK = new ThreadLocal<>();

  private Interruption() {}

  /**
   * Ends the computation of this thread if it is to end, by the exception of its check. A predictor
   * calls this before it changes anything, wherever it runs a program.
   */
  public static void check() {
    Runnable check = CHECK.get();
    if (check != null) {
      check.run();
    }
  }

  /**
   * Runs a computation with a check, which replaces that of a computation around it.
   *
   * @param check returns if the computation goes on, and throws otherwise; it is called often and
   *     must be quick
   */
  public static void during(Runnable check, Runnable computation) {
    Runnable outer = CHECK.get();
    CHECK.set(check);
    try {
      computation.run();
    } finally {
      if (outer == null) {
        CHECK.remove();
      } else {
        CHECK.set(outer);
      }
    }
  }
}
