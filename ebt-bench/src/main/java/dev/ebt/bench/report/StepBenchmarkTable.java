package dev.ebt.bench.report;

import dev.ebt.bench.step.StepBenchmark;
import dev.ebt.bench.step.Timing;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A table of training steps with several numbers of thinking steps. */
public final class StepBenchmarkTable {
  private static final String RATIO = "ofStepsTimesOneStep";
  private static final String BASELINE = "inBaselineSteps";

  /** The start of the names of counts of operations. */
  private static final String OPERATIONS = "gigaflop";

  private StepBenchmarkTable() {}

  /**
   * Returns a row for each number of thinking steps. If one step was measured too, a row has the
   * duration of T steps divided by T times that of one; if the baseline was measured, the duration
   * relative to it.
   */
  public static List<Map<String, Object>> rows(StepBenchmark.Result result) {
    Optional<Timing> one = timing(result, 1);
    Optional<Timing> baseline = timing(result, 0);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Timing timing : result.timings()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("steps", timing.steps());
      row.putAll(timing.metrics());
      one.ifPresent(o -> row.put(RATIO, timing.steps() == 0 ? "" : rounded(timing.ratioTo(o))));
      baseline.ifPresent(b -> row.put(BASELINE, rounded(timing.relativeTo(b))));
      rows.add(row);
    }
    return rows;
  }

  private static Optional<Timing> timing(StepBenchmark.Result result, int steps) {
    return result.timings().stream().filter(timing -> timing.steps() == steps).findFirst();
  }

  private static double rounded(double ratio) {
    return Math.round(ratio * 1e3) / 1e3;
  }

  /**
   * Prints the rows without the counts of operations, which would make them too wide, and the
   * values that all have in common.
   */
  public static void print(StepBenchmark.Result result, PrintStream out) {
    List<Map<String, Object>> rows = rows(result);
    List<String> names =
        rows.get(0).keySet().stream().filter(name -> !name.startsWith(OPERATIONS)).toList();
    out.println(String.join("  ", names));
    for (Map<String, Object> row : rows) {
      List<String> cells =
          names.stream()
              .map(name -> String.format(Locale.ROOT, "%" + name.length() + "s", row.get(name)))
              .toList();
      out.println(String.join("  ", cells));
    }
    out.printf(Locale.ROOT, "peakMemoryMiB %s%n", result.peakMemoryMiB());
    result.backend().forEach((name, value) -> out.printf(Locale.ROOT, "%s %s%n", name, value));
  }
}
