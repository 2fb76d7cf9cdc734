package dev.ebt.train;

import dev.ebt.error.UserException;
import java.util.Locale;

/** Training that ran away: a loss, or what it made of the parameters, is no finite number. */
public final class DivergedException extends UserException {
  private static final long serialVersionUID = 1L;

  /**
   * Training with these settings that ran away.
   *
   * @param found what is not finite, and when
   */
  public DivergedException(String found, TrainingSettings settings) {
    super(
        String.format(
            Locale.ROOT,
            "%s: training has diverged. What helps, in this order: a lower training.learningRate "
                + "(now %s), a smaller thinking.stepSize, more training.warmUp (now %d steps)",
            found,
            settings.learningRate(),
            settings.warmUp()));
  }
}
