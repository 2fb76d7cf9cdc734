package dev.ebt.bench.report;

import dev.ebt.run.RunParts;
import dev.ebt.think.Evaluation;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several models, or one by several values of a setting, in one table: what each number of steps
 * and of candidates costs, and what it brings.
 */
public final class Comparison {
  private final List<Map<String, Object>> lines = new ArrayList<>();
  private final List<Map<String, Object>> results = new ArrayList<>();
  private final List<Map<String, Object>> targets = new ArrayList<>();
  private final List<Map<String, Object>> runs = new ArrayList<>();
  private final List<String> sentences = new ArrayList<>();

  /**
   * Evaluates a model on its validation data.
   *
   * @param variation the value of a varied setting, if there is one
   * @param rowsTogether examples at a time
   * @param limit examples at most
   */
  public void add(
      String run,
      @Nullable Variation variation,
      RunParts parts,
      Evaluation.ComputeBudgets budgets,
      int rowsTogether,
      int limit) {
    Map<String, Object> of = new LinkedHashMap<>();
    of.put("run", run);
    if (variation != null) {
      of.put(variation.setting().name(), new BigDecimal(Double.toString(variation.value())));
    }
    ValidationReport found = ValidationReport.of(parts, budgets, rowsTogether, limit);
    found.allLines().forEach(line -> lines.add(joined(of, line)));
    found.lines().forEach(line -> results.add(joined(of, line)));
    if (!found.verdict().isEmpty()) {
      sentences.add(run + ": " + found.verdict());
    }
    if (!found.targets().isEmpty()) {
      targets.add(joined(of, found.targets()));
    }
    runs.add(joined(of, found.summary()));
    String named =
        variation == null ? run : run + ", " + variation.setting().name() + " " + variation.value();
    found.gain().ifPresent(gain -> sentences.add(named + ": " + gain.sentence()));
  }

  /** Returns true if nothing has been evaluated yet. */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  private static Map<String, Object> joined(Map<String, Object> of, Map<String, ?> line) {
    Map<String, Object> joined = new LinkedHashMap<>(of);
    joined.putAll(line);
    return joined;
  }

  /** Prints all lines, and the gain of each model from further steps. */
  public void print(PrintStream out) {
    MetricTable.print(lines, out);
    sentences.forEach(out::println);
  }

  /** Returns the comparison by names, for JSON. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("results", results);
    document.put("runs", runs);
    if (!targets.isEmpty()) {
      document.put("targets", targets);
    }
    return document;
  }
}
