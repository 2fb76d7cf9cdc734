package dev.ebt.run;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.modality.MetricSet;
import dev.ebt.modality.NaiveBaseline;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.predict.Predictor;
import dev.ebt.think.PredictionEvaluator;
import dev.ebt.think.ThinkingDiagnostics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The results of a model on its validation data.
 *
 * @param data a description of the data in one line
 * @param rows the number of evaluated examples, from the first on
 * @param available the number of available examples
 * @param predictions the number of evaluated predictions, such as the tokens of all rows
 * @param results one per compute budget
 * @param targets distribution metrics of the targets themselves, the best possible values; empty if
 *     there are none
 * @param naive the result of a naive baseline on the same examples, if there is one
 * @param bestLoss the loss that no model can go below, if it is known
 * @param judgedByLoss whether a lower loss is a better prediction
 */
public record ModelEvaluation(
    String data,
    int rows,
    int available,
    long predictions,
    List<BudgetResult> results,
    List<MetricValue> targets,
    Optional<NaiveBaseline> naive,
    OptionalDouble bestLoss,
    boolean judgedByLoss) {

  /** Copies the lists. */
  public ModelEvaluation {
    results = List.copyOf(results);
    targets = List.copyOf(targets);
  }

  /**
   * Evaluates a model.
   *
   * @param rowsTogether examples per batch
   * @param limit maximum number of examples
   * @throws dev.ebt.error.UserException if the data cannot be read or has no example, or the model
   *     does not support a budget
   */
  public static ModelEvaluation of(
      RunParts parts, ComputeBudgets budgets, int rowsTogether, int limit) {
    Dataset dataset = parts.dataset();
    MetricSet metrics = parts.metrics();
    int available = dataset.validation().size();
    int count = Math.min(limit, available);
    int together = Math.min(rowsTogether, count);
    List<EvaluationResult> results;
    try (Predictor predictor = parts.predictor(together);
        ThinkingDiagnostics diagnostics = diagnostics(parts, predictor, together)) {
      results =
          new PredictionEvaluator(predictor, parts.modality(), together, diagnostics)
              .evaluate(
                  dataset.validation(),
                  limit,
                  budgets,
                  parts.configuration().seed(),
                  () -> metrics.distributionMetric(dataset));
    }
    return new ModelEvaluation(
        dataset.description(),
        count,
        available,
        Math.round(results.get(0).predictions()),
        results.stream().map(result -> BudgetResult.of(result, metrics)).toList(),
        BudgetResult.values(targets(metrics, dataset, count), metrics),
        dataset.naiveBaseline(count),
        dataset.bestLoss(),
        parts.objective().judgedByLoss(parts.modality()));
  }

  /** Returns the measurement of what thinking does; null if the model does not think. */
  private static @Nullable ThinkingDiagnostics diagnostics(
      RunParts parts, Predictor predictor, int rows) {
    return predictor.thinks()
        ? new ThinkingDiagnostics(
            parts.backend(), parts.modality(), predictor, parts.targetEnergies(rows))
        : null;
  }

  private static Map<String, Double> targets(MetricSet metrics, Dataset dataset, int count) {
    Optional<DistributionMetric> set = metrics.distributionMetric(dataset);
    if (set.isEmpty()) {
      return Map.of();
    }
    for (int row = 0; row < count; row++) {
      Batch batch = dataset.validation().batch(row);
      set.get().add(batch, batch.target(), 1);
    }
    return set.get().metrics();
  }

  /**
   * Returns the gain from further steps; empty if there is only one number of them, or if the loss
   * does not judge predictions.
   */
  public Optional<ThinkingGain> gain() {
    return judgedByLoss ? ThinkingGain.of(results) : Optional.empty();
  }
}
