package dev.ebt.bench.experiment;

import dev.ebt.report.ReportTable;
import java.util.List;
import java.util.stream.Collectors;

/** Texts of reports as Markdown, in which no character of theirs has a meaning. */
final class Markdown {
  private Markdown() {}

  /** Returns a table. */
  static String table(ReportTable table) {
    String head = row(table.columns());
    String rule = row(table.columns().stream().map(column -> "---").toList());
    return head
        + rule
        + table.rows().stream().map(Markdown::escapedRow).collect(Collectors.joining());
  }

  private static String escapedRow(List<String> cells) {
    return row(cells.stream().map(Markdown::text).toList());
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  /** Returns a text in one line. */
  static String text(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("([\\\\`*_\\[\\]<>|#])", "\\\\$1").strip();
  }
}
