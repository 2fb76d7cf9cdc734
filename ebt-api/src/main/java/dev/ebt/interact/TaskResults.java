package dev.ebt.interact;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The results of a model on a task.
 *
 * @param results one per compute budget
 * @param chance the accuracy of choices by chance; empty if there are none
 * @param rule a description of how generated answers are compared; empty if none are generated
 */
public record TaskResults(List<Result> results, OptionalDouble chance, Optional<String> rule) {
  /** Copies the list. */
  public TaskResults {
    results = List.copyOf(results);
  }

  /**
   * The metrics at one compute budget.
   *
   * @param evaluations of the network for each prediction, or their mean
   * @param metrics by name, {@code seconds} among them
   * @param intervals confidence intervals of 95 %, of those metrics that have one
   */
  public record Result(
      int steps,
      int candidates,
      Number evaluations,
      Map<String, Double> metrics,
      Map<String, Interval> intervals) {}

  /** A confidence interval. */
  public record Interval(double lower, double upper) {}
}
