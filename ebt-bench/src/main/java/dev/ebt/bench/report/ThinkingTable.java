package dev.ebt.bench.report;

import dev.ebt.modality.Dataset;
import dev.ebt.run.RunParts;
import dev.ebt.think.Evaluation;
import java.io.PrintStream;
import java.util.Locale;

/** A table of loss, energy and further metrics by number of thinking steps. */
public final class ThinkingTable {
  private static final int ROWS = 16;

  private ThinkingTable() {}

  /** Evaluates a model after training on the rows of its validation, from 0 steps on. */
  public static void print(RunParts parts, PrintStream out) {
    Evaluation.ComputeBudgets budgets = Evaluation.ComputeBudgets.of(parts.steps().trained());
    int limit = parts.configuration().training().validationRows();
    print(parts.dataset(), ValidationReport.of(parts, budgets, ROWS, limit), out);
  }

  /** Prints the results, and the distance to the best possible loss. */
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

  /** Returns a heading that describes the evaluated rows. */
  public static String heading(Dataset dataset, int limit) {
    int available = dataset.validation().size();
    return limit < available
        ? dataset.description() + "; evaluated on " + ValidationReport.rowsOf(limit, available)
        : dataset.description();
  }
}
