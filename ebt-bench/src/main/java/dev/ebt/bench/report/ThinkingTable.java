package dev.ebt.bench.report;

import dev.ebt.modality.Dataset;
import dev.ebt.run.RunParts;
import dev.ebt.think.Evaluation;
import java.io.PrintStream;
import java.util.Locale;

/** Loss, energy and the modality's own figures against the effort of thinking, as a table. */
public final class ThinkingTable {
  private static final int ROWS = 16;

  private ThinkingTable() {}

  /** Judges a just trained model, by as many rows as it was validated by: from no step on. */
  public static void print(RunParts parts, PrintStream out) {
    Evaluation.ComputeBudgets effort = Evaluation.ComputeBudgets.of(parts.steps().trained());
    int limit = parts.configuration().training().validationRows();
    print(parts.dataset(), ValidationReport.of(parts, effort, ROWS, limit), out);
  }

  /** Prints what was found, and how far that is from the best that any model can do. */
  public static void print(Dataset dataset, ValidationReport found, PrintStream out) {
    MetricTable.print(found.allLines(), out);
    out.print(found.extent());
    dataset
        .bestLoss()
        .ifPresent(
            loss -> {
              double reached =
                  found.results().stream().mapToDouble(Evaluation.Result::loss).min().orElseThrow();
              out.printf(
                  Locale.ROOT,
                  "; no model can do better than a loss of %.4f, this one is %.1f %% above",
                  loss,
                  100 * (reached / loss - 1));
            });
    out.println();
    found.gain().ifPresent(gain -> out.println(gain.sentence()));
    if (!found.verdict().isEmpty()) {
      out.println(found.verdict());
    }
  }

  /** What is judged where at most so many rows are to be. */
  public static String heading(Dataset dataset, int limit) {
    int available = dataset.validation().size();
    return limit < available
        ? dataset.description() + "; judged are " + ValidationReport.rowsOf(limit, available)
        : dataset.description();
  }
}
