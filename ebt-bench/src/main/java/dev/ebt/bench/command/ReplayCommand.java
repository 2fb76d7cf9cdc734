package dev.ebt.bench.command;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.progress.ProgressLines;
import dev.ebt.bench.report.TrainingConsole;
import dev.ebt.interact.Interactions;
import dev.ebt.interact.OptionChecks;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.MetricsComparison;
import dev.ebt.run.ReplayJob;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that repeats a run and compares its metrics. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Repeat a run from its configuration, and compare the metrics.",
    description = {
      "",
      "The run itself is not touched. Changes of the data, the version or the machine are printed"
          + " first. The",
      "exit code is 1 if the metrics differ, or not all updates were repeated.",
      "",
      "  ./ebt replay runs/book --steps 100",
      "  ./ebt replay runs/book --out runs/again --tolerance 1e-4",
      ""
    })
public final class ReplayCommand implements Callable<Integer> {
  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;
  private final ProgressLines progress;
  private final Interrupts interrupts;

  @Parameters(paramLabel = "RUN", description = "The directory of a run.")
  private Path run;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Repeats the first N updates only (all that are recorded).")
  private @Nullable Long steps;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The directory of the new run (RUN-replay, or a free name like it).")
  private @Nullable Path out;

  @Option(
      names = "--tolerance",
      paramLabel = "R",
      description = "The relative difference up to which numbers agree (0: the same numbers).")
  private double tolerance;

  @Mixin private JsonOption json;

  @Inject
  ReplayCommand(
      StandardStreams streams,
      Supplier<Catalog> discovery,
      ProgressLines progress,
      Interrupts interrupts) {
    this.streams = streams;
    this.discovery = discovery;
    this.progress = progress;
    this.interrupts = interrupts;
  }

  @Override
  public Integer call() {
    OptionChecks.check("--tolerance", tolerance, tolerance >= 0, "0 or more");
    if (steps != null) {
      OptionChecks.check("--steps", steps, steps >= 1, "at least 1");
    }
    TrainingRecord.check(discovery, run);
    Catalog catalog = discovery.get();
    try (ReplayJob replay = ReplayJob.of(catalog, run, out, steps == null ? 0 : steps)) {
      replay.changes().forEach(change -> streams.err().println("ebt: changed: " + change));
      replay.notes().forEach(note -> streams.err().println("ebt: note: " + note));
      TrainingConsole console =
          new TrainingConsole(replay.training(), Interactions.of(catalog), progress);
      ReplayJob.Outcome outcome;
      try (Interrupt interrupt = interrupts.install(replay.training()::stop)) {
        outcome = replay.run(console, tolerance);
      } finally {
        console.end();
      }
      print(replay, outcome);
      return outcome.agrees() ? 0 : 1;
    }
  }

  private void print(ReplayJob replay, ReplayJob.Outcome outcome) {
    if (json.given()) {
      JsonOption.print(document(replay, outcome), streams.out());
      return;
    }
    MetricsComparison found = outcome.comparison();
    MetricsComparison.Difference first = found.first();
    String compared =
        String.format(
            Locale.ROOT,
            "%s updates repeated in %s, %d lines of metrics compared",
            outcome.complete()
                ? outcome.updates()
                : "stopped early: " + outcome.updates() + " of " + outcome.wanted(),
            replay.training().training().path(),
            found.lines());
    if (found.lines() == 0) {
      streams.out().println(compared + ": none of them is in both");
    } else if (first == null) {
      streams
          .out()
          .println(
              compared
                  + (found.largest() == 0
                      ? ": the numbers are the same"
                      : String.format(
                          Locale.ROOT,
                          ": the numbers agree, the largest relative difference is %.2g",
                          found.largest())));
    } else {
      streams
          .out()
          .printf(
              Locale.ROOT,
              "%s: they differ. First after update %d: %s was %s and is %s (relative difference"
                  + " %.2g); the largest relative difference is %.2g%n",
              compared,
              first.step(),
              first.metric(),
              first.recorded(),
              first.repeated(),
              first.relative(),
              found.largest());
    }
  }

  private Map<String, Object> document(ReplayJob replay, ReplayJob.Outcome outcome) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", run.toString());
    document.put("replay", replay.training().training().path().toString());
    document.put("updates", outcome.updates());
    document.put("complete", outcome.complete());
    document.put("lines", outcome.comparison().lines());
    document.put("agree", outcome.agrees());
    document.put("largest", outcome.comparison().largest());
    document.put("first", outcome.comparison().first());
    document.put("changes", replay.changes());
    document.put("notes", replay.notes());
    return document;
  }
}
