package dev.ebt.bench.sweep;

import dev.ebt.statistics.Interval;
import dev.ebt.sweep.RunResult;
import dev.ebt.sweep.SettingResult;
import dev.ebt.sweep.SweepGrid;
import dev.ebt.sweep.SweepResults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The results of a sweep for programs: as JSON and as CSV with a line for each run. */
public final class SweepDocument {
  private SweepDocument() {}

  /** Returns the results as a document for JSON. */
  public static Map<String, Object> of(SweepResults results) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("metric", results.options().metric());
    document.put("best", results.best().map(SettingResult::setting).orElse(null));
    document.put("settings", results.settings().stream().map(SweepDocument::setting).toList());
    document.put("runs", results.runs().stream().map(SweepDocument::run).toList());
    return document;
  }

  private static Map<String, Object> setting(SettingResult each) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("values", each.setting());
    values.put("runs", each.runs());
    values.put("finished", each.bySeed().size());
    values.put("mean", each.bySeed().isEmpty() ? null : each.average());
    add(values, each.mean(), "");
    values.put("pairs", each.pairs());
    values.put("difference", each.difference().map(Interval::estimate).orElse(null));
    add(values, each.difference(), "difference");
    return values;
  }

  private static void add(Map<String, Object> values, Optional<Interval> interval, String prefix) {
    values.put(prefix.isEmpty() ? "low" : prefix + "Low", interval.map(Interval::low).orElse(null));
    values.put(
        prefix.isEmpty() ? "high" : prefix + "High", interval.map(Interval::high).orElse(null));
  }

  private static Map<String, Object> run(RunResult run) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("run", run.path().toString());
    values.put("values", run.values());
    values.put("state", run.state().word());
    values.put("step", run.step());
    values.put("metrics", run.metrics());
    values.put("reason", run.reason());
    return values;
  }

  /**
   * Returns a line for each run after a heading: what it is compared by, its state, its metrics.
   */
  public static String csv(SweepResults results) {
    Set<String> metrics = new LinkedHashSet<>();
    results.runs().forEach(run -> metrics.addAll(run.metrics().keySet()));
    List<String> names = new ArrayList<>(results.names());
    if (results.variesSeed()) {
      names.add(SweepGrid.SEED);
    }
    List<String> heading = new ArrayList<>(List.of("run"));
    heading.addAll(names);
    heading.addAll(List.of("state", "step"));
    heading.addAll(metrics);
    StringBuilder csv = new StringBuilder();
    line(csv, heading);
    for (RunResult run : results.runs()) {
      List<String> cells = new ArrayList<>(List.of(run.run()));
      names.forEach(name -> cells.add(run.values().getOrDefault(name, "")));
      cells.addAll(List.of(run.state().word(), Long.toString(run.step())));
      metrics.forEach(
          name -> {
            Double value = run.metrics().get(name);
            cells.add(value == null ? "" : value.toString());
          });
      line(csv, cells);
    }
    return csv.toString();
  }

  private static void line(StringBuilder csv, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      boolean quoted = cell.matches("(?s).*[\",\n\r].*");
      csv.append(i == 0 ? "" : ",");
      csv.append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
    }
    csv.append('\n');
  }
}
