package dev.ebt.run;

import dev.ebt.modality.MetricSet;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.predict.ThinkingEffect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The results of a model at one compute budget.
 *
 * @param steps the thinking steps, or network evaluations of a sampler
 * @param candidates the number of candidates, of which one is selected per prediction
 * @param evaluations the evaluations of the network for each prediction; their mean if a stopping
 *     rule ended predictions apart
 * @param seconds the seconds of thinking for all predictions, without reading data and computing
 *     metrics
 * @param metrics the loss, the energy if the model has one, then all metrics that are reported
 * @param effect what thinking did; empty for a model without an energy
 */
public record BudgetResult(
    int steps,
    int candidates,
    Number evaluations,
    double seconds,
    List<MetricValue> metrics,
    Optional<ThinkingEffect> effect) {
  private static final String LOSS = "loss";
  private static final String ENERGY = "energy";

  /** Copies the list. */
  public BudgetResult {
    metrics = List.copyOf(metrics);
  }

  /** Creates results without what thinking did. */
  public BudgetResult(
      int steps, int candidates, Number evaluations, double seconds, List<MetricValue> metrics) {
    this(steps, candidates, evaluations, seconds, metrics, Optional.empty());
  }

  static BudgetResult of(EvaluationResult result, MetricSet reported) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(LOSS, result.loss());
    if (result.hasEnergy()) {
      values.put(ENERGY, result.energy());
    }
    reported.summary(result.means()).forEach(values::putIfAbsent);
    values.remove(EvaluationResult.EVALUATIONS);
    values.putAll(result.together());
    return new BudgetResult(
        result.steps(),
        result.candidates(),
        result.evaluationsUsed(),
        result.seconds(),
        values(values, reported),
        result.effect());
  }

  static List<MetricValue> values(Map<String, Double> values, MetricSet reported) {
    Map<String, String> units = reported.units();
    List<MetricValue> typed = new ArrayList<>();
    values.forEach(
        (name, value) -> typed.add(new MetricValue(name, value, units.getOrDefault(name, ""))));
    return typed;
  }

  /** Returns the value of a metric; empty if there is none of this name. */
  public OptionalDouble value(String name) {
    return metrics.stream()
        .filter(metric -> metric.name().equals(name))
        .mapToDouble(MetricValue::value)
        .findFirst();
  }

  /** Returns the mean loss of a prediction. */
  public double loss() {
    return value(LOSS).orElseThrow();
  }

  /** Returns the mean energy of a prediction; empty for a model without one. */
  public OptionalDouble energy() {
    return value(ENERGY);
  }
}
