package dev.ebt.stop;

import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/**
 * Stops where any of several rules does.
 *
 * @param rules the rules, one or more
 */
public record AnyRule(List<StoppingRule> rules) implements StoppingRule {
  /** Makes an unmodifiable copy of the list. */
  public AnyRule {
    rules = List.copyOf(rules);
  }

  @Override
  public boolean comparesDistributions() {
    return rules.stream().anyMatch(StoppingRule::comparesDistributions);
  }

  @Override
  public Tensor settled(Inputs step) {
    return any(step, rule -> rule.settled(step));
  }

  @Override
  public Tensor finished(Inputs step) {
    return any(step, rule -> rule.finished(step));
  }

  private Tensor any(Inputs step, Function<StoppingRule, Tensor> result) {
    return rules.stream().map(result).reduce(step.none(), Functions::maximum);
  }
}
