package dev.ebt.store;

import dev.ebt.error.UserException;
import java.util.Locale;

/** The weights of a checkpoint that a trained model is used with. */
public enum Weights {
  /** The moving average of the weights, where the checkpoint has one; if not, the last ones. */
  USUAL,
  /** The exponential moving average of the weights over the training. */
  EMA,
  /** The weights after the last update. */
  LAST;

  /**
   * Returns the weights of a name.
   *
   * @param name {@code ema} or {@code last}
   * @throws UserException if it is another one
   */
  public static Weights of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "ema" -> EMA;
      case "last" -> LAST;
      default -> throw new UserException("--weights is '" + name + "'; ema or last expected");
    };
  }
}
