package dev.ebt.bench.report;

import com.google.common.base.CaseFormat;
import dev.ebt.run.OutOfDistribution;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How well a model tells other data from its own, as text or JSON. */
public record OutOfDistributionReport(OutOfDistribution found) {
  /** Returns the numbers for JSON. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("predictions", found.own());
    document.put("otherPredictions", found.other());
    found
        .auroc()
        .forEach(
            (name, value) ->
                document.put(
                    "auroc" + CaseFormat.LOWER_CAMEL.to(CaseFormat.UPPER_CAMEL, name), value));
    return document;
  }

  /**
   * Prints the numbers.
   *
   * @param own a description of the data of the run
   * @param other a description of the other data
   */
  public void print(String own, String other, PrintStream out) {
    out.printf(Locale.ROOT, "own data    %s; %d predictions%n", own, found.own());
    out.printf(Locale.ROOT, "other data  %s; %d predictions%n", other, found.other());
    found
        .auroc()
        .forEach(
            (name, value) -> out.printf(Locale.ROOT, "%-15s AUROC %.4f%n", words(name), value));
    out.println(
        "AUROC: share of pairs in which the other data has the higher score; 0.5 is chance");
  }

  /** Returns {@code gradient norm} for gradientNorm. */
  private static String words(String name) {
    return CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, name).replace('_', ' ');
  }
}
