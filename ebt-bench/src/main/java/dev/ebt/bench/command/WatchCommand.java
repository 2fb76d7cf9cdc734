package dev.ebt.bench.command;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.watch.RunWatch;
import dev.ebt.bench.watch.WatchJson;
import dev.ebt.bench.watch.WatchListener;
import dev.ebt.bench.watch.WatchText;
import dev.ebt.interact.OptionChecks;
import dev.ebt.run.RunStatus;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that follows trainings of other processes. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Follow trainings from another terminal.",
    description = {
      "",
      "Prints a line for each line of metrics.jsonl, and how the training ends; then ends itself. A"
          + " run that",
      "does not exist yet is waited for. The exit code is 1 if a training has failed, or its process"
          + " is gone.",
      "",
      "  ./ebt watch runs/book",
      "  ./ebt watch runs/book runs/other --json",
      ""
    })
public final class WatchCommand implements Callable<Integer> {
  private static final long POLL_MILLIS = 500;

  private final StandardStreams streams;
  private final GlobalOptions global;
  private final Interrupts interrupts;

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "Directories of runs.")
  private List<Path> runs = List.of();

  @Option(
      names = "--past",
      paramLabel = "N",
      description = "The lines of metrics from before that are printed first (10).")
  private int past = 10;

  @Mixin private JsonOption json;

  @Inject
  WatchCommand(StandardStreams streams, GlobalOptions global, Interrupts interrupts) {
    this.streams = streams;
    this.global = global;
    this.interrupts = interrupts;
  }

  @Override
  public Integer call() throws InterruptedException {
    OptionChecks.check("--past", past, past >= 0, "0 or more");
    WatchListener listener =
        json.given()
            ? new WatchJson(streams.out())
            : new WatchText(streams.out(), streams.err(), runs.size() > 1, this::resume);
    List<RunWatch> watches =
        runs.stream().distinct().map(run -> new RunWatch(run, past, listener)).toList();
    CountDownLatch asked = new CountDownLatch(1);
    try (Interrupt interrupt = interrupts.install(asked::countDown)) {
      do {
        watches.forEach(RunWatch::poll);
      } while (watches.stream().anyMatch(watch -> watch.end() == null)
          && !streams.out().checkError()
          && !asked.await(POLL_MILLIS, TimeUnit.MILLISECONDS));
    }
    return watches.stream().anyMatch(WatchCommand::hasFailed) ? 1 : 0;
  }

  private String resume(Path run) {
    return "./ebt train --resume " + ShellWord.of(run) + global.pluginOptions();
  }

  private static boolean hasFailed(RunWatch watch) {
    RunStatus end = watch.end();
    return end != null
        && (end.phase() == RunStatus.Phase.FAILED || end.phase() == RunStatus.Phase.DIED);
  }
}
