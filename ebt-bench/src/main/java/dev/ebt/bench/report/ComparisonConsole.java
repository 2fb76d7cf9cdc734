package dev.ebt.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.run.EvaluatedModel;
import dev.ebt.run.EvaluationJob;
import dev.ebt.run.EvaluationListener;
import java.io.PrintStream;

/**
 * A comparison of several models on a console: their differences before anything is computed, then
 * one table, or JSON. What was found is printed also if a later model fails.
 */
public record ComparisonConsole(boolean json, PrintStream out, PrintStream err) {
  /** Runs the evaluation and prints what it finds. */
  public void print(EvaluationJob job) throws JsonProcessingException {
    DifferenceReport differences = new DifferenceReport(job.differences());
    if (json) {
      differences.warn(err);
    } else {
      differences.print(out, err);
    }
    Comparison comparison = new Comparison();
    try {
      job.run(new Listener(comparison));
    } finally {
      if (json) {
        out.println(new ObjectMapper().writeValueAsString(comparison.document(job.differences())));
      } else if (!comparison.isEmpty()) {
        comparison.print(out);
      }
    }
  }

  private final class Listener implements EvaluationListener {
    private final Comparison comparison;

    Listener(Comparison comparison) {
      this.comparison = comparison;
    }

    @Override
    public void begun(EvaluatedModel model, String data, int rows, int available) {
      if (!json) {
        out.println(
            BundledModelFolders.given(model.run())
                + ": "
                + ThinkingTable.heading(data, rows, available));
      }
    }

    @Override
    public void warned(EvaluatedModel model, String warning) {
      err.println("ebt: " + BundledModelFolders.given(model.run()) + ": " + warning);
    }

    @Override
    public void finished(EvaluationJob.Result result) {
      comparison.add(result);
    }
  }
}
