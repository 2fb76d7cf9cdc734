package dev.ebt.bench.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.load.LoadBenchmark;
import dev.ebt.bench.load.LoadSettings;
import dev.ebt.bench.report.BenchmarkReport;
import dev.ebt.plugin.Catalog;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that measures a server with many clients. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "A server with many clients at a time.",
    description = {
      "",
      "  ./ebt bench serve --threads 32 --seconds 20 --json        in turns with one thread",
      "  ./ebt bench serve runs/book --seconds 600 --soak          full load; does memory grow?",
      "",
      "Clients are threads of the same process. heapMiB is measured after garbage collection;",
      "residentMiB is the memory of the process, that of native libraries included.",
      ""
    })
public final class BenchServeCommand implements Callable<Integer> {
  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      converter = RunConverter.class,
      description = "A run's directory or a bundled model (brackets).")
  private Path run;

  @Mixin private ModelOption option;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "32",
      description = "Client threads (${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "Time of the measurement (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "32",
      description = "Tokens of each answer (${DEFAULT-VALUE}).")
  private int tokens;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      defaultValue = "(7-3=",
      description = "The text that answers continue (${DEFAULT-VALUE}).")
  private String prompt;

  @Option(names = "--soak", description = "Full load all of the time.")
  private boolean soak;

  @Option(names = "--json", description = "Print JSON instead of lines.")
  private boolean json;

  @Inject
  BenchServeCommand(StandardStreams streams, Supplier<Catalog> discovery) {
    this.streams = streams;
    this.discovery = discovery;
  }

  @Override
  public Integer call() throws JsonProcessingException, InterruptedException {
    LoadSettings settings = new LoadSettings(threads, seconds, tokens, prompt, soak);
    Catalog catalog = discovery.get();
    Map<String, Object> metrics =
        new LoadBenchmark(settings, streams.err()::println)
            .run(catalog, option.openForInference(catalog, run));
    BenchmarkReport.print(metrics, json, streams.out());
    return 0;
  }
}
