package dev.ebt.bench.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Explanations of table columns. */
final class ColumnNotes {
  private ColumnNotes() {}

  /** Returns a line for each column that needs an explanation. */
  static List<String> of(Collection<String> columns) {
    List<String> notes = new ArrayList<>();
    if (columns.contains(MetricTable.EVALUATIONS)) {
      notes.add("evaluations: passes through the network for each prediction");
    }
    if (columns.contains("energy") || columns.contains("answerEnergy")) {
      notes.add(
          "energy: the model's own score of its predictions, lower is better; absolute"
              + " values cannot be compared between runs");
    }
    return notes;
  }
}
