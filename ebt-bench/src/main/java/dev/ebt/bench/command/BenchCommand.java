package dev.ebt.bench.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.decode.DecodeBenchmark;
import dev.ebt.bench.decode.DecodeSize;
import dev.ebt.bench.decode.DecodeWay;
import dev.ebt.bench.load.LoadBenchmark;
import dev.ebt.bench.load.LoadSettings;
import dev.ebt.bench.report.StepBenchmarkTable;
import dev.ebt.bench.step.StepBenchmark;
import dev.ebt.bench.step.StepBenchmarkSettings;
import dev.ebt.plugin.Catalog;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that measures the speed of this machine. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    header = "Measure speed and memory on this machine.",
    synopsisSubcommandLabel = "WHAT",
    description = {
      "",
      "  ./ebt bench step --layers 4 --width 256 --heads 4 --batch 8 --length 128 --vocab 512",
      "  ./ebt bench decode --layers 4 --width 256 --heads 4 --prompt 128 --tokens 128 --vocab 512",
      "  ./ebt bench serve --threads 32 --seconds 20",
      ""
    })
public final class BenchCommand {
  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;

  @Inject
  BenchCommand(StandardStreams streams, Supplier<Catalog> discovery) {
    this.streams = streams;
    this.discovery = discovery;
  }

  @Command(
      name = "step",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      header = "One training step of a text EBT.",
      description = {
        "",
        "  ./ebt bench step --layers 4 --width 256 --json",
        "  ./ebt bench step --objective s2 --steps 1,2,3,6    time by number of thinking"
            + " steps",
        "  ./ebt bench step --model time_embed --steps 0,2     time relative to the"
            + " Transformer++ baseline",
        ""
      })
  int step(
      @Option(names = "--backend", paramLabel = "NAME", defaultValue = "tensorflow") String backend,
      @Option(
              names = "--objective",
              paramLabel = "NAME",
              defaultValue = "s1",
              description = "s1, s2 or unrolled (${DEFAULT-VALUE}).")
          String objective,
      @Option(
              names = "--model",
              paramLabel = "CONDITIONING",
              defaultValue = "none",
              description = "Conditioning: none or time_embed (${DEFAULT-VALUE}).")
          String model,
      @Option(names = "--layers", paramLabel = "N", defaultValue = "4") int layers,
      @Option(names = "--width", paramLabel = "N", defaultValue = "256") int width,
      @Option(names = "--heads", paramLabel = "N", defaultValue = "4") int heads,
      @Option(names = "--batch", paramLabel = "N", defaultValue = "8") int batch,
      @Option(names = "--length", paramLabel = "N", defaultValue = "128") int length,
      @Option(names = "--vocab", paramLabel = "N", defaultValue = "512") int vocabulary,
      @Option(
              names = "--steps",
              paramLabel = "N",
              defaultValue = "2",
              split = ",",
              description =
                  "Thinking steps (${DEFAULT-VALUE}); several are compared; 0 is the"
                      + " baseline.")
          List<Integer> steps,
      @Option(
              names = "--repeat",
              paramLabel = "N",
              defaultValue = "12",
              description = "Training steps after the first (${DEFAULT-VALUE}).")
          int repeat,
      @Option(names = "--json", description = "Print JSON instead of lines.") boolean json)
      throws JsonProcessingException {
    StepBenchmarkSettings size =
        new StepBenchmarkSettings(
            objective, model, layers, width, heads, batch, length, vocabulary, steps, repeat);
    StepBenchmark.Result result =
        new StepBenchmark(discovery.get(), backend)
            .run(size, memory -> streams.err().println("memory    " + memory.line()));
    boolean several = result.timings().size() > 1;
    if (json) {
      Object metrics = several ? StepBenchmarkTable.rows(result) : result.metrics();
      streams.out().println(new ObjectMapper().writeValueAsString(metrics));
    } else if (several) {
      StepBenchmarkTable.print(result, streams.out());
    } else {
      print(result.metrics());
    }
    return 0;
  }

  @Command(
      name = "decode",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      header = "Text generation with and without a key/value cache.",
      description = {
        "",
        "  ./ebt bench decode --prompt 128 --tokens 128 --json",
        "  ./ebt bench decode --prompt 16 --tokens 1000 --ways cached --repeat 1",
        "                                                              growth of the time per"
            + " token",
        "  ./ebt bench decode --xla                                    small programs compiled by"
            + " XLA",
        "  ./ebt bench decode --candidates 8                           several candidates per"
            + " token",
        "  ./ebt bench decode --steps 0                                the Transformer++ baseline",
        "",
        "timesUncached compares with observing the whole window for each token, timesPublished",
        "with computing all positions, and the context again at every step, at the mean length.",
        "eightCandidatesTimesOne and eightTextsTimesOne compare 8 candidates for each token, and 8",
        "texts together, with one.",
        ""
      })
  int decode(
      @Option(names = "--backend", paramLabel = "NAME", defaultValue = "tensorflow") String backend,
      @Option(
              names = "--model",
              paramLabel = "CONDITIONING",
              defaultValue = "none",
              description = "Conditioning: none or time_embed (${DEFAULT-VALUE}).")
          String model,
      @Option(names = "--layers", paramLabel = "N", defaultValue = "4") int layers,
      @Option(names = "--width", paramLabel = "N", defaultValue = "256") int width,
      @Option(names = "--heads", paramLabel = "N", defaultValue = "4") int heads,
      @Option(names = "--vocab", paramLabel = "N", defaultValue = "512") int vocabulary,
      @Option(
              names = "--length",
              paramLabel = "N",
              description = "Tokens of the window (--prompt and --tokens).")
          Integer length,
      @Option(
              names = "--prompt",
              paramLabel = "N",
              defaultValue = "128",
              description = "Tokens before generation (${DEFAULT-VALUE}).")
          int prompt,
      @Option(
              names = "--tokens",
              paramLabel = "N",
              defaultValue = "128",
              description = "Generated tokens (${DEFAULT-VALUE}).")
          int tokens,
      @Option(
              names = "--steps",
              paramLabel = "N",
              defaultValue = "2",
              description = "Thinking steps (${DEFAULT-VALUE}); 0 is the baseline.")
          int steps,
      @Option(
              names = "--candidates",
              paramLabel = "N",
              defaultValue = "1",
              description = "Candidates per token (${DEFAULT-VALUE}).")
          int candidates,
      @Option(
              names = "--repeat",
              paramLabel = "N",
              defaultValue = "5",
              description = "Rounds, each of all ways (${DEFAULT-VALUE}).")
          int repeat,
      @Option(
              names = "--ways",
              paramLabel = "WAY",
              split = ",",
              description = {
                "Ways to measure: cached, texts, candidates, whole, published; those that others",
                "are compared with are cached (all)."
              })
          List<String> ways,
      @Option(
              names = "--xla",
              description = "XLA compiles small programs (backend.xla), of all ways alike.")
          boolean xla,
      @Option(names = "--json", description = "Print JSON instead of lines.") boolean json)
      throws JsonProcessingException {
    DecodeSize size =
        new DecodeSize(
            model,
            layers,
            width,
            heads,
            vocabulary,
            length == null ? prompt + tokens : length,
            prompt,
            tokens,
            steps,
            candidates,
            repeat);
    Map<String, Object> metrics =
        new DecodeBenchmark(discovery.get(), backend, xla).run(size, DecodeWay.of(ways)).metrics();
    if (json) {
      streams.out().println(new ObjectMapper().writeValueAsString(metrics));
    } else {
      print(metrics);
    }
    return 0;
  }

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
  int serve(
      @Parameters(
              arity = "0..1",
              paramLabel = "RUN",
              description = "A run's directory; the bundled model without one.")
          Path run,
      @Mixin ModelOption option,
      @Option(
              names = "--threads",
              paramLabel = "N",
              defaultValue = "32",
              description = "Client threads (${DEFAULT-VALUE}).")
          int threads,
      @Option(
              names = "--seconds",
              paramLabel = "N",
              defaultValue = "20",
              description = "Time of the measurement (${DEFAULT-VALUE}).")
          int seconds,
      @Option(
              names = "--tokens",
              paramLabel = "N",
              defaultValue = "32",
              description = "Tokens of each answer (${DEFAULT-VALUE}).")
          int tokens,
      @Option(
              names = "--prompt",
              paramLabel = "TEXT",
              defaultValue = "(7-3=",
              description = "The text that answers continue (${DEFAULT-VALUE}).")
          String prompt,
      @Option(names = "--soak", description = "Full load all of the time.") boolean soak,
      @Option(names = "--json", description = "Print JSON instead of lines.") boolean json)
      throws JsonProcessingException, InterruptedException {
    LoadSettings settings = new LoadSettings(threads, seconds, tokens, prompt, soak);
    Catalog catalog = discovery.get();
    Map<String, Object> metrics =
        new LoadBenchmark(settings, streams.err()::println).run(catalog, option.open(catalog, run));
    if (json) {
      streams.out().println(new ObjectMapper().writeValueAsString(metrics));
    } else {
      print(metrics);
    }
    return 0;
  }

  private void print(Map<String, Object> metrics) {
    metrics.forEach((name, value) -> streams.out().printf(Locale.ROOT, "%-24s %s%n", name, value));
  }
}
