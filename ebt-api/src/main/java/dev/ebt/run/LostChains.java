package dev.ebt.run;

import dev.ebt.error.UserException;
import dev.ebt.train.density.ChainMetrics;
import java.util.Locale;

/** A check of samples for chains that went off to infinity. */
public final class LostChains {
  private LostChains() {}

  /**
   * Returns the candidates of chains.
   *
   * @param candidates of the sampler of these parts
   * @throws UserException with what to change, if one has left
   */
  public static double[] check(RunParts parts, double... candidates) {
    for (double element : candidates) {
      if (!(Math.abs(element) < ChainMetrics.FAR)) {
        throw new UserException(
            String.format(Locale.ROOT, "a chain has left for %.3g: %s", element, advice(parts)));
      }
    }
    return candidates;
  }

  /** Returns what to change. */
  static String advice(RunParts parts) {
    return String.format(
        Locale.ROOT,
        "either the step is too large for the curvature of the energy (thinking.stepSize is %s; try"
            + " a tenth), or the energy is not bounded below far from the data; a term that grows"
            + " there expected, such as one of --energy or a prior of the modality",
        parts.thinking().hyperparameters().stepSize());
  }
}
