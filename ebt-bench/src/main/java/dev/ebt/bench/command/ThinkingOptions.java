package dev.ebt.bench.command;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.interact.CommonOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that all interactions share. */
final class ThinkingOptions {
  @Mixin private StepsOption steps;

  @Option(
      names = "--tolerance",
      paramLabel = "E",
      description = "Stop thinking when the energy changes by less than this (0: never).")
  private double tolerance;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Number of tokens to generate, or of examples.")
  private @Nullable Integer count;

  @Option(names = "--seed", paramLabel = "N", description = "The seed of all random numbers (1).")
  private long seed = 1;

  /** Returns the values, checked. */
  CommonOptions common() {
    return new CommonOptions(
        requireNonNullElse(steps.several(), List.of()), tolerance, count, seed);
  }
}
