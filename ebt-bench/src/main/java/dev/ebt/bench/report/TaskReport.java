package dev.ebt.bench.report;

import dev.ebt.error.Required;
import dev.ebt.interact.EvaluationTask;
import dev.ebt.interact.PredictionSweep;
import dev.ebt.interact.TaskResults;
import dev.ebt.train.PublishedCompatibility;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The results of a model on a task as text or JSON.
 *
 * @param compatibility selects the rule that compares generated answers
 */
public record TaskReport(
    EvaluationTask task, TaskResults results, PublishedCompatibility compatibility) {
  private static final String EXACT_MATCH = "exactMatch";

  /** Prints a heading, a table, and notes on its metrics. */
  public void print(PrintStream out) {
    out.println(task.description());
    MetricTable.print(lines(), out);
    if (results.results().stream().anyMatch(result -> !result.intervals().isEmpty())) {
      out.println("95 % confidence, over records (shares: Wilson; other means: bootstrap)");
      MetricTable.print(intervalLines(), out);
    }
    results.chance().ifPresent(c -> out.printf(Locale.ROOT, "choiceAccuracy by chance: %.4f%n", c));
    results.rule().ifPresent(rule -> out.println(EXACT_MATCH + " compares " + rule));
  }

  private List<Map<String, Object>> lines() {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (TaskResults.Result result : results.results()) {
      double seconds = Required.of(result.metrics(), MetricTable.SECONDS);
      Map<String, Object> line =
          PredictionSweep.cost(result.steps(), result.candidates(), result.evaluations(), seconds);
      line.putAll(result.metrics()); // The seconds stay in their column.
      lines.add(line);
    }
    return lines;
  }

  private List<Map<String, Object>> intervalLines() {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (TaskResults.Result result : results.results()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put(MetricTable.STEPS, result.steps());
      line.put(MetricTable.CANDIDATES, result.candidates());
      result.intervals().forEach((name, interval) -> line.put(name, shown(interval)));
      lines.add(line);
    }
    return lines;
  }

  private static String shown(TaskResults.Interval interval) {
    return String.format(Locale.ROOT, "%.4f to %.4f", interval.lower(), interval.upper());
  }

  /** Returns the results by names, for JSON. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("task", task.name());
    document.put("data", task.description());
    document.put("records", task.size());
    document.put("leftOut", task.leftOut());
    results.chance().ifPresent(chance -> document.put("chance", chance));
    results
        .rule()
        .ifPresent(
            rule -> {
              document.put("compatibility", compatibility.name().toLowerCase(Locale.ROOT));
              document.put("rule", rule);
            });
    List<Map<String, Object>> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      lines.get(i).put("confidence95", results.results().get(i).intervals());
    }
    document.put("results", lines);
    return document;
  }
}
