package dev.ebt.run;

import dev.ebt.train.density.ChainMetrics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Warnings of samplers whose predictions are no samples. */
public final class SamplerWarning {
  private SamplerWarning() {}

  /**
   * Returns a warning if no prediction has moved by a sampler that may reject its moves, or some
   * have left for infinity; empty otherwise.
   *
   * @param results at each compute budget
   */
  public static Optional<String> of(RunParts parts, List<BudgetResult> results) {
    List<Double> moved =
        results.stream()
            .filter(result -> result.steps() > 0)
            .flatMap(result -> result.effect().stream())
            .map(effect -> effect.moved())
            .toList();
    if (moved.stream().anyMatch(distance -> !(distance < ChainMetrics.FAR))) {
      return Optional.of("predictions have left for infinity: " + LostChains.advice(parts));
    }
    boolean rejects = parts.thinking().optimizer().stepsPerSample() > 1;
    return rejects && !moved.isEmpty() && moved.stream().allMatch(distance -> distance == 0)
        ? Optional.of("no move of the sampler was accepted: " + smallerStep(parts))
        : Optional.empty();
  }

  /** Returns the advice where no move is accepted. */
  static String smallerStep(RunParts parts) {
    double stepSize = parts.thinking().hyperparameters().stepSize();
    return String.format(
        Locale.ROOT,
        "thinking.stepSize is %s; a smaller one expected, such as --set thinking.stepSize=%.2g",
        stepSize,
        stepSize / 10);
  }
}
