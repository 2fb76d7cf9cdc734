package dev.ebt.train;

import dev.ebt.error.UserException;
import java.util.Locale;

/** Thrown when training has diverged: the loss, or a value computed from it, is not finite. */
public final class DivergedException extends UserException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception for training with the given settings.
   *
   * @param found the value that is not finite, and when it occurred
   */
  public DivergedException(String found, TrainingSettings settings) {
    super(
        String.format(
            Locale.ROOT,
            "%s: training has diverged. Try, in this order: a lower training.learningRate "
                + "(now %s), a smaller thinking.stepSize, a longer warm-up (schedule.warmUp)",
            found,
            settings.learningRate()));
  }
}
