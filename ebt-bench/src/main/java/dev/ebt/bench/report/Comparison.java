package dev.ebt.bench.report;

import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.run.EvaluationJob;
import dev.ebt.run.RunDifferences;
import dev.ebt.run.Variation;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several models, or one by several values of a setting, in one table: what each number of steps
 * and of candidates costs, and what it brings.
 */
public final class Comparison {
  private final List<Map<String, Object>> lines = new ArrayList<>();
  private final List<Map<String, Object>> results = new ArrayList<>();
  private final List<Map<String, Object>> targets = new ArrayList<>();
  private final List<Map<String, Object>> runs = new ArrayList<>();
  private final Map<String, String> units = new LinkedHashMap<>();
  private final List<String> sentences = new ArrayList<>();

  /** Adds the results of a model. */
  public void add(EvaluationJob.Result result) {
    String run = BundledModelFolders.given(result.model().run());
    Variation variation = result.model().variation();
    Map<String, Object> of = new LinkedHashMap<>();
    of.put("run", run);
    if (variation != null) {
      of.put(variation.setting(), new BigDecimal(Double.toString(variation.value())));
    }
    EvaluationReport found = new EvaluationReport(result.evaluation());
    found.allLines().forEach(line -> lines.add(joined(of, line)));
    found.results().forEach(line -> results.add(joined(of, line)));
    if (!found.verdict().isEmpty()) {
      sentences.add(run + ": " + found.verdict());
    }
    if (!found.targets().isEmpty()) {
      targets.add(joined(of, found.targets()));
    }
    runs.add(joined(of, found.summary()));
    found.units().forEach(units::putIfAbsent);
    String named =
        variation == null ? run : run + ", " + variation.setting() + " " + variation.value();
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
  public Map<String, Object> document(RunDifferences differences) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("results", results);
    document.put("runs", runs);
    if (!targets.isEmpty()) {
      document.put("targets", targets);
    }
    document.put("units", units);
    document.putAll(new DifferenceReport(differences).document());
    return document;
  }
}
