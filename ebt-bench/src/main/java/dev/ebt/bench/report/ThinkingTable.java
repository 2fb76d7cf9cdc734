package dev.ebt.bench.report;

import dev.ebt.predict.ComputeBudgets;
import dev.ebt.run.BudgetResult;
import dev.ebt.run.ModelEvaluation;
import dev.ebt.run.RunParts;
import java.io.PrintStream;
import java.util.Locale;

/** A table of loss, energy and further metrics by number of thinking steps. */
public final class ThinkingTable {
  private static final int ROWS = 16;

  private ThinkingTable() {}

  /** Evaluates a model after training on the rows of its validation, from 0 steps on. */
  public static ModelEvaluation evaluate(RunParts parts) {
    ComputeBudgets budgets = ComputeBudgets.of(parts.steps().trained());
    int limit = parts.configuration().training().validationRows();
    return ModelEvaluation.of(parts, budgets, ROWS, limit);
  }

  /** Prints the results, and the distance to the best possible loss. */
  public static void print(ModelEvaluation found, PrintStream out) {
    EvaluationReport report = new EvaluationReport(found);
    MetricTable.print(report.allLines(), out);
    out.print(report.extent());
    found
        .bestLoss()
        .ifPresent(
            loss -> {
              double reached =
                  found.results().stream().mapToDouble(BudgetResult::loss).min().orElseThrow();
              out.printf(
                  Locale.ROOT,
                  "; no model can do better than a loss of %.4f, this one is %.1f %% above",
                  loss,
                  100 * (reached / loss - 1));
            });
    out.println();
    EffectTable.print(found.results(), out);
    report.gain().ifPresent(gain -> out.println(gain.sentence()));
    if (!report.verdict().isEmpty()) {
      out.println(report.verdict());
    }
  }

  /** Returns a heading that describes the data and the evaluated rows. */
  public static String heading(String data, int rows, int available) {
    return rows < available
        ? data + "; evaluated on " + EvaluationReport.rowsOf(rows, available)
        : data;
  }
}
