package dev.ebt.bench.command;

import dev.ebt.store.Weights;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that selects the weights of a checkpoint. */
final class WeightsOption {
  @Option(
      names = "--weights",
      paramLabel = "ema|last",
      description = {
        "The moving average of the weights (training.emaDecay) or the last ones (the average, if",
        "there is one)."
      })
  private @Nullable String weights;

  /** Returns the weights. */
  Weights weights() {
    return weights == null ? Weights.USUAL : Weights.of(weights);
  }

  /** Returns whether the option is given. */
  boolean isGiven() {
    return weights != null;
  }
}
