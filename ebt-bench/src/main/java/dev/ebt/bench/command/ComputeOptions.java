package dev.ebt.bench.command;

import dev.ebt.interact.OptionChecks;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for how much is computed per prediction and at a time, with their bounds. */
final class ComputeOptions {
  @Mixin private StepsOption steps;

  @Option(
      names = "--candidates",
      split = ",",
      paramLabel = "N",
      description =
          "Candidates per prediction; one is selected, by default that of the lowest energy (1).")
  private List<Integer> candidates = List.of(1);

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Examples, or windows of a text, per batch (16).")
  private int batch = 16;

  /** Returns the numbers of steps in ascending order; null if none is given. */
  @Nullable List<Integer> steps() {
    return steps.several();
  }

  /** Returns the number of steps for a command that takes just one, or a default. */
  int singleSteps(int usual) {
    return steps.single(usual);
  }

  /** Returns the numbers of candidates in ascending order. */
  List<Integer> candidates() {
    return OptionBounds.rising("--candidates", candidates, 1, OptionChecks.MOST_CANDIDATES);
  }

  /** Returns the number of candidates for a command that takes just one. */
  int singleCandidates() {
    return OptionBounds.only("--candidates", candidates());
  }

  /** Returns the number of rows per batch. */
  int batch() {
    return OptionChecks.positive("--batch", batch);
  }
}
