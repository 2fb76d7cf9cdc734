package dev.ebt.bench.report;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of metrics by compute budget: identifying columns, then {@link #STEPS}, {@link
 * #CANDIDATES} if they differ, {@link #EVALUATIONS}, {@link #SECONDS}, then the metrics. Lines are
 * as in JSON: values by column name; a line need not have all columns.
 */
final class MetricTable {
  /** Steps of thinking, or of a sampler. */
  static final String STEPS = "steps";

  /** Candidates per prediction, of which one is selected. */
  static final String CANDIDATES = "candidates";

  /** Evaluations of the network per prediction. */
  static final String EVALUATIONS = "evaluations";

  /** Seconds of thinking for all predictions, without reading data and computing metrics. */
  static final String SECONDS = "seconds";

  private static final int NARROWEST = 12;
  private static final int SETTING = 7;
  private static final Map<String, Integer> NARROWER =
      Map.of(STEPS, 8, CANDIDATES, 10, EVALUATIONS, 11, SECONDS, 9);

  private MetricTable() {}

  /**
   * Prints lines under a heading, and explanations of the columns; without candidates if there is
   * only one.
   */
  static void print(List<Map<String, Object>> lines, PrintStream out) {
    ColumnNotes.of(printLines(lines, out)).forEach(out::println);
  }

  /** Prints lines under a heading and returns the names of the columns. */
  static Set<String> printLines(List<Map<String, Object>> lines, PrintStream out) {
    Set<String> names = new LinkedHashSet<>();
    lines.forEach(line -> names.addAll(line.keySet()));
    if (lines.stream().allMatch(line -> line.getOrDefault(CANDIDATES, 1).equals(1))) {
      names.remove(CANDIDATES);
    }
    List<StringBuilder> rows = new ArrayList<>();
    lines.forEach(line -> rows.add(new StringBuilder()));
    StringBuilder head = new StringBuilder();
    for (String name : names) {
      List<String> cells = lines.stream().map(line -> cell(name, line.get(name))).toList();
      boolean words =
          lines.stream().allMatch(l -> !l.containsKey(name) || l.get(name) instanceof String);
      int width =
          Math.max(
              words ? name.length() : narrowest(name, lines.get(0).get(name)),
              Math.max(name.length(), cells.stream().mapToInt(String::length).max().orElse(0)));
      String gap = head.isEmpty() ? "" : "  ";
      head.append(gap).append(padded(name, width, words));
      for (int i = 0; i < cells.size(); i++) {
        rows.get(i).append(gap).append(padded(cells.get(i), width, words));
      }
    }
    out.println(head.toString().stripTrailing());
    rows.forEach(row -> out.println(row.toString().stripTrailing()));
    return names;
  }

  /** Returns the least width of a column; settings, which are decimal numbers, take less. */
  private static int narrowest(String name, @Nullable Object first) {
    return first instanceof BigDecimal ? SETTING : NARROWER.getOrDefault(name, NARROWEST);
  }

  private static String padded(String text, int width, boolean left) {
    String gap = " ".repeat(width - text.length());
    return left ? text + gap : gap + text;
  }

  private static String cell(String name, @Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (name.equals(SECONDS) && value instanceof Double seconds) {
      return String.format(Locale.ROOT, "%.3f", seconds);
    }
    return value instanceof Double number ? number(number, isShare(name)) : value.toString();
  }

  /** Returns true for columns with proportions, whose smallest values are as good as zero. */
  private static boolean isShare(String name) {
    return name.toLowerCase(Locale.ROOT).contains("accuracy");
  }

  private static String number(double value, boolean share) {
    boolean plain = Math.abs(value) < 1e5 && (share || value == 0 || Math.abs(value) >= 1e-3);
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", value);
  }
}
