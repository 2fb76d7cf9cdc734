package dev.ebt.bench.report;

import dev.ebt.interact.Probe;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results of a linear probe and of its baselines. */
public final class ProbeTable {
  private ProbeTable() {}

  /** Returns a line for the model and for each baseline. */
  public static List<Map<String, Object>> lines(Probe.Results probe) {
    List<Map<String, Object>> lines = new ArrayList<>();
    lines.add(line("this model", probe.model()));
    probe.baselines().forEach(each -> lines.add(line(each.label(), each.accuracy())));
    return lines;
  }

  private static Map<String, Object> line(String of, Probe.Accuracy found) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("input", of);
    line.put("features", found.numbers());
    line.put(MetricTable.EVALUATIONS, found.evaluations());
    line.put(MetricTable.SECONDS, found.seconds());
    line.put("accuracy", found.share());
    return line;
  }

  /**
   * Prints the lines, and the standard error of the accuracies.
   *
   * @param subject the plural noun for the examples, such as {@code images}
   */
  public static void print(Probe.Results probe, String subject, PrintStream out) {
    MetricTable.print(lines(probe), out);
    double share = probe.model().share();
    out.printf(
        Locale.ROOT,
        "fitted to %,d %s of %d classes, evaluated on %,d others: standard error up" + " to %.3f%n",
        probe.fitted(),
        subject,
        probe.classes(),
        probe.evaluated(),
        Math.sqrt(share * (1 - share) / probe.evaluated()));
  }
}
