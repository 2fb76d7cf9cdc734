package dev.ebt.bench.command;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.sweep.SweepOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the metric that runs are compared by. */
final class SweepMetricOption {
  /** The better end of a metric. */
  enum Best {
    /** Low values are good. */
    LOWEST,
    /** High values are good. */
    HIGHEST
  }

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "A metric of validations, as metrics.jsonl names it (validation.loss).")
  private @Nullable String metric;

  @Option(
      names = "--best",
      paramLabel = "END",
      description = "The better values of the metric: lowest or highest (lowest).")
  private @Nullable Best best;

  /** Returns whether one of the options is given. */
  boolean isGiven() {
    return metric != null || best != null;
  }

  /** Returns the options of a comparison. */
  SweepOptions options(boolean halving) {
    return new SweepOptions(
        requireNonNullElse(metric, SweepOptions.LOSS), best == Best.HIGHEST, halving);
  }
}
