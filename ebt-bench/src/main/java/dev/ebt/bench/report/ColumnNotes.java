package dev.ebt.bench.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Explanations of columns that do not explain themselves. */
final class ColumnNotes {
  private ColumnNotes() {}

  /** A line for each column among these that needs one. */
  static List<String> of(Collection<String> columns) {
    List<String> notes = new ArrayList<>();
    if (columns.contains(MetricTable.EVALUATIONS)) {
      notes.add("evaluations: passes through the network for each prediction");
    }
    if (columns.contains("energy") || columns.contains("answerEnergy")) {
      notes.add(
          "energy: the model's own score of its predictions, lower is better; its absolute value"
              + " means nothing between runs");
    }
    return notes;
  }
}
