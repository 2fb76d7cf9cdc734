package dev.ebt.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Prints what a benchmark measured: a line for each metric, or one JSON document. */
public final class BenchmarkReport {
  private BenchmarkReport() {}

  /**
   * Prints metrics in their order.
   *
   * @throws JsonProcessingException if a metric has no form in JSON
   */
  public static void print(Map<String, Object> metrics, boolean json, PrintStream out)
      throws JsonProcessingException {
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(metrics));
    } else {
      metrics.forEach((name, value) -> out.printf(Locale.ROOT, "%-24s %s%n", name, value));
    }
  }
}
