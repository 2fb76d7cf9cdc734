package dev.ebt.bench.command;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.watch.RunWatch;
import dev.ebt.bench.watch.WatchJson;
import dev.ebt.bench.watch.WatchListener;
import dev.ebt.bench.watch.WatchListeners;
import dev.ebt.bench.watch.WatchPage;
import dev.ebt.bench.watch.WatchText;
import dev.ebt.error.UserException;
import dev.ebt.interact.OptionChecks;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.RunStatus;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
      "  ./ebt watch runs/book --web              the page of ebt report, refreshed while training",
      ""
    })
public final class WatchCommand implements Callable<Integer> {
  private static final long POLL_MILLIS = 500;
  private static final int MOST_PORTS = 65535;

  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;
  private final GlobalOptions global;
  private final Interrupts interrupts;

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "Directories of runs.")
  private List<Path> runs = List.of();

  @Option(
      names = "--past",
      paramLabel = "N",
      description = "The lines of metrics from before that are printed first (10).")
  private int past = 10;

  @Option(
      names = "--web",
      description = {
        "Also serves the page of ebt report to browsers on this machine, until Ctrl-C."
      })
  private boolean web;

  @Option(names = "--port", paramLabel = "N", description = "With --web: the port (0: a free one).")
  private @Nullable Integer port;

  @Mixin private JsonOption json;

  @Inject
  WatchCommand(
      StandardStreams streams,
      Supplier<Catalog> discovery,
      GlobalOptions global,
      Interrupts interrupts) {
    this.streams = streams;
    this.discovery = discovery;
    this.global = global;
    this.interrupts = interrupts;
  }

  @Override
  public Integer call() throws InterruptedException {
    OptionChecks.check("--past", past, past >= 0, "0 or more");
    if (port != null) {
      OptionChecks.check("--port", port, port >= 0 && port <= MOST_PORTS, "0 to " + MOST_PORTS);
      if (!web) {
        throw new UserException("--port needs --web");
      }
    }
    List<Path> watched = runs.stream().distinct().toList();
    watched.forEach(run -> TrainingRecord.check(discovery, run));
    WatchListener printed =
        json.given()
            ? new WatchJson(streams.out())
            : new WatchText(streams.out(), streams.err(), watched.size() > 1, this::resume);
    if (!web) {
      return watch(watched, printed);
    }
    try (WatchPage page = new WatchPage(discovery.get(), watched, port == null ? 0 : port)) {
      streams.err().println("ebt: the report is at " + page.url() + " ; Ctrl-C ends");
      return watch(watched, new WatchListeners(List.of(printed, page)));
    }
  }

  private int watch(List<Path> watched, WatchListener listener) throws InterruptedException {
    List<RunWatch> watches =
        watched.stream().map(run -> new RunWatch(run, past, listener)).toList();
    CountDownLatch asked = new CountDownLatch(1);
    try (Interrupt interrupt = interrupts.install(asked::countDown)) {
      do {
        watches.forEach(RunWatch::poll);
      } while ((web || watches.stream().anyMatch(watch -> watch.end() == null))
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
