package dev.ebt.plugin;

import static java.util.Objects.requireNonNullElseGet;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.ebt.optimize.Optimizer;
import dev.ebt.think.Thinking;
import dev.ebt.think.ThinkingHyperparameters;

/**
 * The configured settings of thinking: its numbers, whose keys stand beside those of its parts.
 *
 * @param hyperparameters the numbers
 * @param optimizer the optimizer of candidates (gradient-descent)
 */
public record ThinkingSettings(
    @JsonUnwrapped ThinkingHyperparameters hyperparameters, PartSettings optimizer) {

  /** Fills in defaults. */
  public ThinkingSettings {
    hyperparameters = requireNonNullElseGet(hyperparameters, ThinkingHyperparameters::defaults);
    optimizer = requireNonNullElseGet(optimizer, () -> PartSettings.of("gradient-descent"));
  }

  /** Returns settings with every value at its default. */
  public static ThinkingSettings defaults() {
    return of(ThinkingHyperparameters.defaults());
  }

  /** Returns settings with these numbers and gradient descent. */
  public static ThinkingSettings of(ThinkingHyperparameters hyperparameters) {
    return new ThinkingSettings(hyperparameters, PartSettings.of("gradient-descent"));
  }

  /** Returns the thinking of these numbers with the optimizer created from its settings. */
  public Thinking with(Optimizer created) {
    return new Thinking(hyperparameters, created);
  }
}
