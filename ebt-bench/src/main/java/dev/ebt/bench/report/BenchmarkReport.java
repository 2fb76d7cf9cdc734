package dev.ebt.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Prints what a benchmark measured: a line for each figure, or one JSON document. */
public final class BenchmarkReport {
  private BenchmarkReport() {}

  /**
   * Prints figures in their order.
   *
   * @throws JsonProcessingException if a figure has no form in JSON
   */
  public static void print(Map<String, Object> figures, boolean json, PrintStream out)
      throws JsonProcessingException {
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(figures));
    } else {
      figures.forEach((name, value) -> out.printf(Locale.ROOT, "%-24s %s%n", name, value));
    }
  }
}
