package dev.ebt.bench.report;

import dev.ebt.interact.TimedPrediction;
import dev.ebt.text.task.ConfidenceInterval;
import dev.ebt.text.task.Task;
import dev.ebt.text.task.TaskEvaluation;
import dev.ebt.train.Compatibility;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The results of a model on a task, for people and for programs.
 *
 * @param compatibility whose rule generated answers are compared by
 */
public record TaskReport(
    Task task, List<TaskEvaluation.Result> results, Compatibility compatibility) {
  private static final String EXACT_MATCH = "exactMatch";

  /** A heading, a table, and what is needed to judge its figures. */
  public void print(PrintStream out) {
    out.println(task.description());
    MetricTable.print(lines(), out);
    out.println("95 % confidence, over records (shares: Wilson; other means: bootstrap)");
    MetricTable.print(intervalLines(), out);
    task.chance().ifPresent(c -> out.printf(Locale.ROOT, "choiceAccuracy by chance: %.4f%n", c));
    if (generated()) {
      out.println(EXACT_MATCH + " compares " + task.ruleDescription(compatibility));
    }
  }

  private boolean generated() {
    return results.stream().anyMatch(result -> result.figures().containsKey(EXACT_MATCH));
  }

  private List<Map<String, Object>> lines() {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (TaskEvaluation.Result result : results) {
      double seconds = result.figures().get(MetricTable.SECONDS);
      Map<String, Object> line =
          TimedPrediction.cost(result.steps(), result.candidates(), result.evaluations(), seconds);
      line.putAll(result.figures()); // The seconds stay in their column.
      lines.add(line);
    }
    return lines;
  }

  private List<Map<String, Object>> intervalLines() {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (TaskEvaluation.Result result : results) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put(MetricTable.STEPS, result.steps());
      line.put(MetricTable.CANDIDATES, result.candidates());
      result.intervals().forEach((name, interval) -> line.put(name, shown(interval)));
      lines.add(line);
    }
    return lines;
  }

  private static String shown(ConfidenceInterval interval) {
    return String.format(Locale.ROOT, "%.4f to %.4f", interval.lower(), interval.upper());
  }

  /** The same by names. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("task", task.name());
    document.put("data", task.description());
    document.put("records", task.records().size());
    document.put("leftOut", task.leftOut());
    OptionalDouble chance = task.chance();
    if (chance.isPresent()) {
      document.put("chance", chance.getAsDouble());
    }
    if (generated()) {
      document.put("compatibility", compatibility.name().toLowerCase(Locale.ROOT));
      document.put("rule", task.ruleDescription(compatibility));
    }
    List<Map<String, Object>> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      lines.get(i).put("confidence95", results.get(i).intervals());
    }
    document.put("results", lines);
    return document;
  }
}
