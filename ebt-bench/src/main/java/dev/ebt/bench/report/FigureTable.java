package dev.ebt.bench.report;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures against the effort of thinking, in columns. */
final class FigureTable {
  private static final int NARROWEST = 12;

  private FigureTable() {}

  /**
   * A line.
   *
   * @param evaluations of the model per prediction
   * @param figures by name, the same ones in each line
   */
  record Row(int steps, int candidates, int evaluations, Map<String, Double> figures) {}

  /**
   * Prints the lines under a heading.
   *
   * @param effort whether numbers of candidates and of evaluations are shown, too
   */
  static void print(List<Row> rows, boolean effort, PrintStream out) {
    StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%8s", "steps"));
    head.append(effort ? "  candidates  evaluations" : "");
    rows.get(0).figures().keySet().forEach(name -> head.append("  ").append(right(name, name)));
    out.println(head);
    for (Row row : rows) {
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%8d", row.steps()));
      if (effort) {
        line.append(
            String.format(Locale.ROOT, "  %10d  %11d", row.candidates(), row.evaluations()));
      }
      row.figures().forEach((name, v) -> line.append("  ").append(right(name, number(v))));
      out.println(line);
    }
  }

  private static String right(String name, String text) {
    return " ".repeat(Math.max(0, Math.max(NARROWEST, name.length()) - text.length())) + text;
  }

  /** A number that is right of so many columns. */
  static String number(double value, int columns) {
    String text = number(value);
    return " ".repeat(Math.max(0, columns - text.length())) + text;
  }

  private static String number(double value) {
    boolean plain = Math.abs(value) < 1e5 && (value == 0 || Math.abs(value) >= 1e-3);
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", value);
  }
}
