package dev.ebt.report;

import java.util.List;

/**
 * A table of texts and numbers. One of two columns of which the first has no heading is a list of
 * facts, each with another name: several runs share it, with a column each.
 *
 * @param columns the headings
 * @param rows the cells by row, as many as columns
 */
public record ReportTable(String title, String hint, List<String> columns, List<List<String>> rows)
    implements Figure {
  /** Copies the lists and checks the sizes. */
  public ReportTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "table '" + title + "' has rows of " + row.size() + " cells");
      }
    }
  }

  /** Returns whether it is a list of facts. */
  public boolean hasFacts() {
    return columns.size() == 2 && columns.get(0).isEmpty();
  }
}
