package dev.ebt.bench.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.decode.DecodeBenchmark;
import dev.ebt.bench.decode.DecodeSize;
import dev.ebt.bench.decode.DecodeWay;
import dev.ebt.bench.report.BenchmarkReport;
import dev.ebt.plugin.Catalog;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that measures text generation. */
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
      "  ./ebt bench decode --threads 1                              one thread, for small models",
      "  ./ebt bench decode --xla                                    small programs compiled by"
          + " XLA",
      "  ./ebt bench decode --candidates 8                           several candidates per"
          + " token",
      "  ./ebt bench decode --steps 0                                the Transformer++ baseline",
      "",
      "timesUncached compares with observing the whole window for each token, timesPublished",
      "with computing all positions, and the context again at every step, at the mean length.",
      "eightCandidatesTimesOne and eightTextsTimesOne compare 8 candidates for each token, and 8",
      "texts together, with one. Names with cpu are of the CPU time of the process, which other",
      "processes affect less than the clock; compilation by the JVM is part of it.",
      ""
    })
public final class BenchDecodeCommand implements Callable<Integer> {
  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;

  @Mixin private TextModelOptions text;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Tokens of the window (--prompt and --tokens).")
  private Integer length;

  @Option(
      names = "--prompt",
      paramLabel = "N",
      defaultValue = "128",
      description = "Tokens before generation (${DEFAULT-VALUE}).")
  private int prompt;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "128",
      description = "Generated tokens (${DEFAULT-VALUE}).")
  private int tokens;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "2",
      description = "Thinking steps (${DEFAULT-VALUE}); 0 is the baseline.")
  private int steps;

  @Option(
      names = "--candidates",
      paramLabel = "N",
      defaultValue = "1",
      description = "Candidates per token (${DEFAULT-VALUE}).")
  private int candidates;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds, each of all ways (${DEFAULT-VALUE}).")
  private int repeat;

  @Option(
      names = "--ways",
      paramLabel = "WAY",
      split = ",",
      description = {
        "Ways to measure: cached, texts, candidates, whole, published; those that others",
        "are compared with are cached (all)."
      })
  private List<String> ways;

  @Option(
      names = "--xla",
      description = "XLA compiles small programs (backend.xla), of all ways alike.")
  private boolean xla;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = {
        "Threads of TensorFlow (backend.intraThreads and interThreads), of all ways alike",
        "(those that think and serve choose)."
      })
  private Integer threads;

  @Option(names = "--json", description = "Print JSON instead of lines.")
  private boolean json;

  @Inject
  BenchDecodeCommand(StandardStreams streams, Supplier<Catalog> discovery) {
    this.streams = streams;
    this.discovery = discovery;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    DecodeSize size =
        new DecodeSize(
            text.model(),
            text.layers(),
            text.width(),
            text.heads(),
            text.vocabulary(),
            length == null ? prompt + tokens : length,
            prompt,
            tokens,
            steps,
            candidates,
            repeat);
    Map<String, Object> metrics =
        new DecodeBenchmark(discovery.get(), text.overrides(threads, xla))
            .run(size, DecodeWay.of(ways))
            .metrics();
    BenchmarkReport.print(metrics, json, streams.out());
    return 0;
  }
}
