package dev.ebt.bench.report;

import dev.ebt.interact.PredictionSweep;
import dev.ebt.predict.ThinkingEffect;
import dev.ebt.run.BudgetResult;
import dev.ebt.run.MetricValue;
import dev.ebt.run.ModelEvaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The results of a model on its validation data as lines of a table, sentences and JSON. */
public record EvaluationReport(ModelEvaluation found) {
  /** The text in place of the number of steps for the targets themselves. */
  private static final String TARGETS = "targets";

  /** Returns the number of evaluated predictions and rows as text. */
  String extent() {
    return String.format(
        Locale.ROOT,
        "over %s, of %s",
        ValueFormat.counted(found.predictions(), "prediction"),
        rowsOf(found.rows(), found.available()));
  }

  /** Returns a description of the evaluated rows. */
  static String rowsOf(int limit, int available) {
    return limit < available
        ? String.format(Locale.ROOT, "the first %,d of %,d rows", limit, available)
        : available == 1 ? "the only row" : String.format(Locale.ROOT, "all %,d rows", available);
  }

  /** Returns the gain from further steps; empty if there is only one number of them. */
  Optional<GainReport> gain() {
    return found.gain().map(GainReport::new);
  }

  /** Returns the number of evaluated rows and the gain by names, for JSON. */
  Map<String, Object> summary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("predictions", found.predictions());
    summary.put("rows", found.rows());
    summary.put("rowsAvailable", found.available());
    gain().ifPresent(gain -> summary.put("thinking", gain.document()));
    return summary;
  }

  /** Returns the results by names, for JSON. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("data", found.data());
    document.putAll(summary());
    document.put("results", results());
    if (!found.targets().isEmpty()) {
      document.put("targets", targets());
    }
    found.naive().ifPresent(naive -> document.put("naiveBaseline", naive));
    document.put("units", units());
    return document;
  }

  /** Returns the units of the metrics that have one, by their names. */
  Map<String, String> units() {
    Map<String, String> units = new LinkedHashMap<>();
    found.results().stream()
        .flatMap(result -> result.metrics().stream())
        .filter(metric -> !metric.unit().isEmpty())
        .forEach(metric -> units.put(metric.name(), metric.unit()));
    return units;
  }

  /** Returns a sentence that compares the model with the naive baseline; empty if there is none. */
  String verdict() {
    return found
        .naive()
        .map(baseline -> new NaiveVerdict(baseline, found.results()).sentence())
        .orElse("");
  }

  /** Returns a line for each compute budget. */
  List<Map<String, Object>> lines() {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (BudgetResult result : found.results()) {
      Map<String, Object> line =
          PredictionSweep.cost(
              result.steps(), result.candidates(), result.evaluations(), result.seconds());
      result.metrics().forEach(metric -> line.putIfAbsent(metric.name(), metric.value()));
      lines.add(line);
    }
    return lines;
  }

  /** Returns the lines for JSON, each with what thinking did. */
  List<Map<String, Object>> results() {
    List<Map<String, Object>> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      Optional<ThinkingEffect> effect = found.results().get(i).effect();
      if (effect.isPresent()) {
        lines.get(i).putAll(EffectTable.line(effect.get()));
      }
    }
    return lines;
  }

  /** Returns the distribution metrics of the targets, by name. */
  Map<String, Double> targets() {
    Map<String, Double> targets = new LinkedHashMap<>();
    for (MetricValue metric : found.targets()) {
      targets.put(metric.name(), metric.value());
    }
    return targets;
  }

  /** Returns the lines and, if the targets themselves have metrics, a line for these. */
  List<Map<String, Object>> allLines() {
    List<Map<String, Object>> lines = lines();
    if (!found.targets().isEmpty()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put(MetricTable.STEPS, TARGETS);
      line.putAll(targets());
      lines.add(line);
    }
    return lines;
  }
}
