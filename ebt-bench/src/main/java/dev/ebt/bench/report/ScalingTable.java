package dev.ebt.bench.report;

import dev.ebt.bench.step.ScalingResult;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A table of training steps that several processes share. */
public final class ScalingTable {
  private ScalingTable() {}

  /** Returns a row for each number of processes; rates are compared with that of the first. */
  public static List<Map<String, Object>> rows(List<ScalingResult> results) {
    return results.stream().map(result -> result.metrics(results.get(0))).toList();
  }

  /** Prints the rows. */
  public static void print(List<ScalingResult> results, PrintStream out) {
    List<Map<String, Object>> rows = rows(results);
    List<String> names = List.copyOf(rows.get(0).keySet());
    out.println(String.join("  ", names));
    for (Map<String, Object> row : rows) {
      List<String> cells =
          names.stream()
              .map(name -> String.format(Locale.ROOT, "%" + name.length() + "s", row.get(name)))
              .toList();
      out.println(String.join("  ", cells));
    }
    out.println("each process has one thread and a batch of its own; rates are of all together");
  }
}
