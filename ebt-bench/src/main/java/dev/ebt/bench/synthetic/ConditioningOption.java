package dev.ebt.bench.synthetic;

import dev.ebt.interact.OptionChecks;
import java.util.Set;

/** The option {@code --model} of benchmarks: how a synthetic model is conditioned on the step. */
public final class ConditioningOption {
  private static final Set<String> ALLOWED = Set.of("none", "time_embed");

  private ConditioningOption() {}

  /**
   * Refuses a conditioning that is not measured.
   *
   * @throws dev.ebt.error.UserException unless it is {@code none} or {@code time_embed}
   */
  public static void check(String conditioning) {
    OptionChecks.check(
        "--model", conditioning, ALLOWED.contains(conditioning), "none or time_embed");
  }
}
