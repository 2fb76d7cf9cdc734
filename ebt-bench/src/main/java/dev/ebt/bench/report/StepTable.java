package dev.ebt.bench.report;

import dev.ebt.bench.step.StepBenchmark;
import dev.ebt.bench.step.Timing;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Training steps with several numbers of thinking steps, side by side. */
public final class StepTable {
  private static final String RATIO = "ofStepsTimesOneStep";

  private StepTable() {}

  /**
   * What there is to tell of each number of steps. If one step was measured too, the last figure is
   * what T steps cost, divided by T times what one costs.
   */
  public static List<Map<String, Object>> rows(StepBenchmark.Result result) {
    Timing least = result.timings().get(0);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Timing timing : result.timings()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("steps", timing.steps());
      row.putAll(timing.figures());
      if (least.steps() == 1) {
        row.put(RATIO, Math.round(timing.ratioTo(least) * 1e3) / 1e3);
      }
      rows.add(row);
    }
    return rows;
  }

  /** Prints the rows, and what is the same for all of them. */
  public static void print(StepBenchmark.Result result, PrintStream out) {
    List<Map<String, Object>> rows = rows(result);
    List<String> names = List.copyOf(rows.get(0).keySet());
    out.println(String.join("  ", names));
    for (Map<String, Object> row : rows) {
      List<String> cells =
          names.stream()
              .map(name -> String.format(Locale.ROOT, "%" + name.length() + "s", row.get(name)))
              .toList();
      out.println(String.join("  ", cells));
    }
    out.printf("peakMemoryMiB %s%n", result.peakMemoryMiB());
    result.backend().forEach((name, value) -> out.printf("%s %s%n", name, value));
  }
}
