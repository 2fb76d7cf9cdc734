package dev.ebt.bench.experiment;

import dev.ebt.bench.progress.ProgressLines;
import dev.ebt.bench.sweep.SweepProgress;
import dev.ebt.experiment.ExperimentListener;
import dev.ebt.sweep.SweepListener;
import dev.ebt.sweep.SweepPlan;
import org.jspecify.annotations.Nullable;

/** The progress of an experiment on the command line: that of its runs, then of further ones. */
public final class ExperimentProgress implements ExperimentListener {
  private final ProgressLines lines;
  private volatile @Nullable SweepProgress shown;

  /** Creates a progress of which nothing is shown yet. */
  public ExperimentProgress(ProgressLines lines) {
    this.lines = lines;
  }

  @Override
  public SweepListener begin(SweepPlan plan, long done) {
    boolean further = shown != null;
    end();
    SweepProgress next = new SweepProgress(plan, done, lines);
    if (further) {
      next.print(plan.runs().size() + " further runs, by these results");
    }
    shown = next;
    return next;
  }

  /** Clears the line. */
  public void end() {
    SweepProgress last = shown;
    if (last != null) {
      last.end();
    }
  }

  /** Prints a line of text, once a line is shown. */
  public void print(String text) {
    SweepProgress now = shown;
    if (now != null) {
      now.print(text);
    }
  }
}
