package dev.ebt.bench.report;

import dev.ebt.vision.probe.LinearProbe;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How much can be read off a model, and off what it is compared with. */
public final class ProbeTable {
  private ProbeTable() {}

  /** A line for each of them. */
  public static List<Map<String, Object>> lines(LinearProbe probe) {
    List<Map<String, Object>> lines = new ArrayList<>();
    lines.add(line("this model", probe.model()));
    lines.add(line("as training begins", probe.beginning()));
    lines.add(line("pixels", probe.pixels()));
    lines.add(line("most frequent kind", probe.mostFrequent()));
    return lines;
  }

  private static Map<String, Object> line(String of, LinearProbe.Accuracy found) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("told from", of);
    line.put("numbers", found.numbers());
    line.put(MetricTable.EVALUATIONS, found.evaluations());
    line.put(MetricTable.SECONDS, found.seconds());
    line.put("accuracy", found.share());
    return line;
  }

  /** Prints them, and how exact they are. */
  public static void print(LinearProbe probe, PrintStream out) {
    MetricTable.print(lines(probe), out);
    double share = probe.model().share();
    out.printf(
        Locale.ROOT,
        "fitted to %,d pictures of %d kinds, judged by %,d others: that many tell it to %.3f%n",
        probe.fitted(),
        probe.kinds(),
        probe.judged(),
        Math.sqrt(share * (1 - share) / probe.judged()));
  }
}
