package dev.ebt.bench.report;

import dev.ebt.interact.Probe;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How much can be read off a model, and off what it is compared with. */
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
    line.put("told from", of);
    line.put("numbers", found.numbers());
    line.put(MetricTable.EVALUATIONS, found.evaluations());
    line.put(MetricTable.SECONDS, found.seconds());
    line.put("accuracy", found.share());
    return line;
  }

  /** Prints them, and how exact they are. */
  public static void print(Probe.Results probe, PrintStream out) {
    MetricTable.print(lines(probe), out);
    double share = probe.model().share();
    out.printf(
        Locale.ROOT,
        "fitted to %,d pictures of %d kinds, judged by %,d others: that many tell it to %.3f%n",
        probe.fitted(),
        probe.classes(),
        probe.judged(),
        Math.sqrt(share * (1 - share) / probe.judged()));
  }
}
