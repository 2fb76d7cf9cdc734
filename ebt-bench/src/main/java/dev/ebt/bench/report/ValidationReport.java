package dev.ebt.bench.report;

import dev.ebt.interact.TimedPrediction;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.modality.MetricSet;
import dev.ebt.modality.NaiveBaseline;
import dev.ebt.run.RunParts;
import dev.ebt.think.Evaluation;
import dev.ebt.think.Predictor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The results of a model on its validation data.
 *
 * @param results one per compute budget
 * @param targets distribution metrics of the targets themselves, the best possible values
 * @param rows the number of evaluated examples, from the first on
 * @param available the number of available examples
 * @param naive the result of a naive baseline on the same examples, if there is one
 */
public record ValidationReport(
    MetricSet metrics,
    List<Evaluation.Result> results,
    Map<String, Double> targets,
    int rows,
    int available,
    Optional<NaiveBaseline> naive) {

  /** The text in place of the number of steps for the targets themselves. */
  private static final String TARGETS = "targets";

  /**
   * Evaluates a model.
   *
   * @param rowsTogether examples per batch
   * @param limit maximum number of examples
   */
  public static ValidationReport of(
      RunParts parts, Evaluation.ComputeBudgets budgets, int rowsTogether, int limit) {
    Dataset dataset = parts.dataset();
    int available = dataset.validation().size();
    int count = Math.min(limit, available);
    int together = Math.min(rowsTogether, count);
    try (Predictor predictor = parts.predictor(together)) {
      List<Evaluation.Result> results =
          new Evaluation(predictor, parts.modality(), together)
              .evaluate(
                  dataset.validation(),
                  limit,
                  budgets,
                  parts.configuration().seed(),
                  () -> parts.metrics().distributionMetric(dataset));
      return new ValidationReport(
          parts.metrics(),
          results,
          targets(parts.metrics(), dataset, count),
          count,
          available,
          dataset.naiveBaseline(count));
    }
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

  /** Returns the number of evaluated predictions and rows as text. */
  String extent() {
    return String.format(
        Locale.ROOT,
        "over %s, of %s",
        PlainText.counted(Math.round(results.get(0).predictions()), "prediction"),
        rowsOf(rows, available));
  }

  /** Returns a description of the evaluated rows. */
  static String rowsOf(int limit, int available) {
    return limit < available
        ? String.format(Locale.ROOT, "the first %,d of %,d rows", limit, available)
        : available == 1 ? "the only row" : String.format(Locale.ROOT, "all %,d rows", available);
  }

  /** Returns the gain from further steps; empty if there is only one number of them. */
  Optional<ThinkingGain> gain() {
    return ThinkingGain.of(results);
  }

  /** Returns the number of evaluated rows and the gain by names, for JSON. */
  public Map<String, Object> summary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("predictions", Math.round(results.get(0).predictions()));
    summary.put("rows", rows);
    summary.put("rowsAvailable", available);
    gain().ifPresent(gain -> summary.put("thinking", gain.document()));
    return summary;
  }

  /** Returns a sentence that compares the model with the naive baseline; empty if there is none. */
  String verdict() {
    return naive.map(baseline -> new NaiveVerdict(baseline, lines()).sentence()).orElse("");
  }

  /** Returns a line for each compute budget. */
  public List<Map<String, Object>> lines() {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (Evaluation.Result result : results) {
      Map<String, Object> line =
          TimedPrediction.cost(
              result.steps(), result.candidates(), result.evaluationsUsed(), result.seconds());
      line.put("loss", result.loss());
      if (result.hasEnergy()) {
        line.put("energy", result.energy());
      }
      metrics.summary(result.means()).forEach(line::putIfAbsent);
      line.putAll(result.together());
      lines.add(line);
    }
    return lines;
  }

  /** Returns the lines and, if the targets themselves have metrics, a line for these. */
  List<Map<String, Object>> allLines() {
    List<Map<String, Object>> lines = lines();
    if (!targets.isEmpty()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put(MetricTable.STEPS, TARGETS);
      line.putAll(targets);
      lines.add(line);
    }
    return lines;
  }
}
