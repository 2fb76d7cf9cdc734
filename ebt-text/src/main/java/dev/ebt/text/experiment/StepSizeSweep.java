package dev.ebt.text.experiment;

import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.ExperimentRun;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.Scale;
import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.Series;
import dev.ebt.statistics.Interval;
import dev.ebt.sweep.RunResult;
import dev.ebt.sweep.SettingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How much the step size decides. */
public final class StepSizeSweep implements Experiment {
  private static final String ALPHA = "thinking.stepSize";
  private static final List<String> SIZES = List.of("0.0625", "0.125", "0.25", "0.5", "1");

  /** A difference of losses that matters, in nats per byte. */
  private static final double MATTERS = 0.05;

  @Override
  public String name() {
    return "alpha-sweep";
  }

  @Override
  public String summary() {
    return "how much the step size of thinking decides";
  }

  @Override
  public ExperimentDesign design() {
    return new ExperimentDesign(
        "Does the step size α decide how well a model trains, so that it has to be tuned?",
        SmallBrackets.TEXT
            + " System 2 with two or three steps of random size around α = 0.0625, 0.125, 0.25, 0.5"
            + " and 1, which is fixed. The evaluation takes three steps of size α.",
        "The loss for each α minus that for the best α, seed by seed, as the mean with a bootstrap"
            + " interval of 95 %.",
        "The claim holds if for some α the whole interval is above 0.05 nats per byte, or all seeds"
            + " diverge. It does not hold if for every other α the interval is below 0.05. Otherwise"
            + " one cannot tell. The interval is not corrected for the number of step sizes; the"
            + " margin of 0.05 is there for that.");
  }

  @Override
  public List<ExperimentRun> runs(Scale scale) {
    List<ExperimentRun> runs = new ArrayList<>();
    for (String size : SIZES) {
      for (int seed : SmallBrackets.seeds(scale)) {
        runs.add(SmallBrackets.ebt(ALPHA, size, seed, scale, ALPHA + "=" + size));
      }
    }
    return runs;
  }

  @Override
  public Finding judge(ExperimentResults results) {
    List<SettingResult> settings = results.compared().settings();
    Optional<SettingResult> best = results.compared().best();
    List<Interval> differences =
        settings.stream().map(SettingResult::difference).flatMap(Optional::stream).toList();
    if (best.isEmpty() || differences.isEmpty()) {
      return Finding.cannotTell("Fewer than two step sizes have finished with two seeds each.");
    }
    if (results.compared().runs().stream().anyMatch(run -> !isOver(run))) {
      return Finding.cannotTell("Not all runs have finished.", chart(settings));
    }
    Outcome outcome = Outcome.CANNOT_TELL;
    if (settings.stream().anyMatch(each -> each.bySeed().isEmpty())
        || differences.stream().anyMatch(each -> each.low() > MATTERS)) {
      outcome = Outcome.HOLDS;
    } else if (differences.size() == SIZES.size() - 1
        && differences.stream().allMatch(each -> each.high() < MATTERS)) {
      outcome = Outcome.DOES_NOT_HOLD;
    }
    SettingResult worst =
        settings.stream()
            .filter(each -> each.difference().isPresent())
            .reduce((a, b) -> a.average() >= b.average() ? a : b)
            .orElseThrow();
    Interval most = worst.difference().orElseThrow();
    return new Finding(
        outcome,
        String.join(
            "",
            "The best α is ",
            best.get().setting().getOrDefault(ALPHA, "?"),
            " with a loss of ",
            ReportNumbers.of(best.get().average()),
            " nats per byte; the worst is ",
            worst.setting().getOrDefault(ALPHA, "?"),
            ", with ",
            ReportNumbers.of(most.estimate()),
            " (",
            ReportNumbers.of(most.low()),
            " … ",
            ReportNumbers.of(most.high()),
            ") more."),
        List.of(chart(settings)));
  }

  private static boolean isOver(RunResult run) {
    return run.state().isFinished() || run.state() == RunResult.State.DIVERGED;
  }

  private static Chart chart(List<SettingResult> settings) {
    List<SettingResult> finished =
        settings.stream().filter(each -> !each.bySeed().isEmpty()).toList();
    return new Chart(
        "loss-by-alpha",
        "Loss by step size",
        "Means over seeds after three steps.",
        Axis.logarithmic("α"),
        Axis.of("loss", "nats"),
        List.of(
            Series.marked(
                "mean",
                finished.stream()
                    .mapToDouble(each -> Double.parseDouble(each.setting().getOrDefault(ALPHA, "")))
                    .toArray(),
                finished.stream().mapToDouble(SettingResult::average).toArray())));
  }
}
