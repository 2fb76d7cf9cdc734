package dev.ebt.bench.report;

import dev.ebt.backend.ExecutionTrace;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A table of the types of operations in a trace: how long they took, and how many there were. */
public final class TraceTable {
  private static final double NANOS_PER_MILLI = 1e6;

  private TraceTable() {}

  /** Returns a row for each type, those that took longest first. */
  public static List<Map<String, Object>> rows(ExecutionTrace trace) {
    double all = Math.max(1, trace.duration());
    return trace.types().stream().map(type -> row(type, all)).toList();
  }

  private static Map<String, Object> row(ExecutionTrace.OperationType type, double all) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("type", type.name());
    row.put("milliseconds", Math.round(type.duration() / NANOS_PER_MILLI * 1e3) / 1e3);
    row.put("share", Math.round(type.duration() / all * 1e4) / 1e4);
    row.put("count", type.count());
    return row;
  }

  /** Prints the rows, and their sum. */
  public static void print(ExecutionTrace trace, PrintStream out) {
    out.printf(Locale.ROOT, "%n%-28s %12s %7s %7s%n", "type", "milliseconds", "share", "count");
    for (ExecutionTrace.OperationType type : trace.types()) {
      line(type.name(), type.duration(), trace.duration(), type.count(), out);
    }
    line("all", trace.duration(), trace.duration(), trace.events().size(), out);
  }

  private static void line(String name, long duration, long all, int count, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%-28s %12.3f %6.1f%% %7d%n",
        name,
        duration / NANOS_PER_MILLI,
        100.0 * duration / Math.max(1, all),
        count);
  }
}
