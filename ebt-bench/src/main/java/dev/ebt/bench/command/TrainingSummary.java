package dev.ebt.bench.command;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.report.EvaluationReport;
import dev.ebt.bench.report.ThinkingTable;
import dev.ebt.interact.Interactions;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.ExpectationCheck;
import dev.ebt.run.ModelEvaluation;
import dev.ebt.run.RunParts;
import dev.ebt.run.SamplerWarning;
import dev.ebt.run.TrainingJob;
import dev.ebt.run.TrainingRun;
import dev.ebt.think.MachineMemory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The end of a training as the command line shows it: how it ended, its results, what is next. */
final class TrainingSummary {
  private static final int INTERRUPTED = 130;
  private static final int PERCENT = 100;
  private static final double GIBIBYTE = 1L << 30;

  private final StandardStreams streams;
  private final Catalog catalog;
  private final String pluginOptions;

  /**
   * Creates a summary.
   *
   * @param pluginOptions the options that name plugins, which further commands need, too
   */
  TrainingSummary(StandardStreams streams, Catalog catalog, String pluginOptions) {
    this.streams = streams;
    this.catalog = catalog;
    this.pluginOptions = pluginOptions;
  }

  /** Prints the summary, and returns the exit code of the command. */
  int print(TrainingRun run, TrainingJob.Outcome outcome, boolean json) {
    if (outcome.step() > run.done()) {
      showUse(run);
    }
    if (outcome.end() != TrainingJob.End.COMPLETE) {
      String resume = "--resume " + ShellWord.of(run.path()) + pluginOptions;
      streams
          .err()
          .printf(Locale.ROOT, "%s Resume with:%n  ./ebt train %s%n", stopped(outcome), resume);
    }
    if (json) {
      JsonOption.print(document(run, outcome), streams.out());
    }
    run.expectations(catalog)
        .map(ExpectationCheck::outside)
        .ifPresent(lines -> lines.forEach(line -> streams.err().println("note      " + line)));
    if (outcome.end() == TrainingJob.End.STOPPED) {
      return INTERRUPTED;
    }
    if (!json) {
      show(run);
    }
    if (streams.out().checkError()) {
      streams.err().println("ebt: everything is saved in " + run.path());
    }
    return 0;
  }

  /** Shows what the training took: the time without data, and memory beside its estimate. */
  private void showUse(TrainingRun run) {
    streams
        .err()
        .printf(
            Locale.ROOT,
            "data      waited for in %.1f %% of the time of updates%n",
            PERCENT * run.waitedShare());
    MachineMemory.peak()
        .ifPresent(
            bytes ->
                streams
                    .err()
                    .printf(
                        Locale.ROOT,
                        "memory    %.1f GiB at most, with mapped files; up to %.1f expected%n",
                        bytes / GIBIBYTE,
                        run.parts().trainingMemory().process() / GIBIBYTE));
  }

  private static String stopped(TrainingJob.Outcome outcome) {
    String how =
        switch (outcome.end()) {
          case TIME_LIMIT -> "--quick ends after two minutes, here";
          case MONITOR -> "Stopped early, as " + outcome.reason() + ",";
          default -> "Stopped";
        };
    return outcome.step() == 0
        ? "Stopped before the first update; there is nothing to save."
        : how + " after step " + outcome.step() + "; everything is saved.";
  }

  /** Returns how a training ended and, unless a user stopped it, the evaluation of the model. */
  private Map<String, Object> document(TrainingRun run, TrainingJob.Outcome outcome) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", run.path().toString());
    document.put("step", outcome.step());
    document.put("end", outcome.end().word());
    document.put("dataWait", run.waitedShare());
    MachineMemory.peak().ifPresent(bytes -> document.put("peakMemoryMiB", bytes >> 20));
    if (outcome.end() != TrainingJob.End.STOPPED) {
      document.putAll(new EvaluationReport(evaluated(run)).document());
    }
    return document;
  }

  /** Evaluates the trained model, and warns on standard error where its sampler has failed. */
  private ModelEvaluation evaluated(TrainingRun run) {
    run.takeAverages();
    ModelEvaluation found = ThinkingTable.evaluate(run.parts());
    SamplerWarning.of(run.parts(), found.results())
        .ifPresent(warning -> streams.err().println("ebt: " + warning));
    return found;
  }

  /** Shows the evaluation of the trained model, and the next commands. */
  private void show(TrainingRun run) {
    RunParts parts = run.parts();
    ThinkingTable.print(evaluated(run), streams.out());
    String given = ShellWord.of(run.path()) + pluginOptions;
    String suggestion = Interactions.of(catalog).suggestion(parts.modality());
    boolean every = parts.thinks() && parts.steps().landmarks().isEmpty();
    String steps = every ? "1,2,3,4,8" : joined(parts.steps().usual());
    streams
        .out()
        .printf(
            Locale.ROOT,
            "%nThe run is in %s. Next:%n  ./ebt think %s%s%n  ./ebt eval %s%s%n",
            run.path(),
            given,
            suggestion.isEmpty() ? "" : " " + suggestion,
            given,
            parts.steps().taken() > 0 ? " --steps " + steps : "");
  }

  private static String joined(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
