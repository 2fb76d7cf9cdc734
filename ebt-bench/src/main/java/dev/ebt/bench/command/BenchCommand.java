package dev.ebt.bench.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.report.StepTable;
import dev.ebt.bench.step.StepBenchmark;
import dev.ebt.bench.step.StepSize;
import dev.ebt.plugin.Catalog;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that measures the speed of this machine. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    header = "Measure speed and memory on this machine.",
    synopsisSubcommandLabel = "WHAT",
    description = {
      "",
      "  ./ebt bench step --layers 4 --width 256 --heads 4 --batch 8 --length 128 --vocab 512",
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
    StepSize size =
        new StepSize(
            objective, model, layers, width, heads, batch, length, vocabulary, steps, repeat);
    StepBenchmark.Result result =
        new StepBenchmark(discovery.get(), backend)
            .run(size, memory -> streams.err().println("memory    " + memory.line()));
    boolean several = result.timings().size() > 1;
    if (json) {
      Object metrics = several ? StepTable.rows(result) : result.metrics();
      streams.out().println(new ObjectMapper().writeValueAsString(metrics));
    } else if (several) {
      StepTable.print(result, streams.out());
    } else {
      result
          .metrics()
          .forEach((name, value) -> streams.out().printf(Locale.ROOT, "%-24s %s%n", name, value));
    }
    return 0;
  }
}
