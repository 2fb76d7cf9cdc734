package dev.ebt.bench.sweep;

import dev.ebt.bench.progress.ProgressLine;
import dev.ebt.bench.progress.ProgressLines;
import dev.ebt.report.ReportNumbers;
import dev.ebt.sweep.PlannedRun;
import dev.ebt.sweep.RunResult;
import dev.ebt.sweep.SweepListener;
import dev.ebt.sweep.SweepPlan;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The progress of a sweep on the command line: a line, and a permanent one for each run. */
public final class SweepProgress implements SweepListener {
  private final ProgressLine line;
  private final String metric;
  private final int runs;
  private final Set<String> training = ConcurrentHashMap.newKeySet();

  /** Creates the progress of a plan. */
  public SweepProgress(SweepPlan plan, long done, ProgressLines lines) {
    this.line = lines.line(done, plan.runs().stream().mapToLong(PlannedRun::steps).sum());
    this.metric = plan.options().metric();
    this.runs = plan.runs().size();
  }

  @Override
  public void started(PlannedRun run, long until) {
    training.add(run.name());
  }

  @Override
  public void advanced(long updates, long total) {
    line.total(total);
    line.show(
        updates,
        () ->
            List.of(
                training.stream().sorted().collect(Collectors.joining(" and ")), runs + " runs"));
  }

  @Override
  public void ended(RunResult result) {
    training.remove(result.run());
    String value =
        result.value(metric).isPresent()
            ? "  " + metric + " " + ReportNumbers.of(result.value(metric).getAsDouble())
            : "";
    String reason = result.reason().isEmpty() ? "" : "  " + result.reason();
    line.print(
        String.format(
            Locale.ROOT,
            "%s  update %d  %s%s%s",
            result.run(),
            result.step(),
            result.state().word(),
            value,
            reason));
  }

  @Override
  public void dropped(long step, int settings, int left) {
    line.print(
        String.format(
            Locale.ROOT,
            "after update %d the better %d of %d settings go on",
            step,
            left,
            settings));
  }

  /** Clears the line. */
  public void end() {
    line.clear();
  }

  /** Prints a line of text. */
  public void print(String text) {
    line.print(text);
  }
}
