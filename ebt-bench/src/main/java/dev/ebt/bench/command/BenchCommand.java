package dev.ebt.bench.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.bench.Ebt;
import dev.ebt.bench.step.StepBenchmark;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures how fast this machine computes. */
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
  @ParentCommand private Ebt ebt;

  @Command(
      name = "step",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      header = "One training step of a text EBT (System 1, loss at every thinking step).",
      description = {"", "  ./ebt bench step --layers 4 --width 256 --json", ""})
  int step(
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
      @Option(names = "--batch", paramLabel = "N", defaultValue = "8") int batch,
      @Option(names = "--length", paramLabel = "N", defaultValue = "128") int length,
      @Option(names = "--vocab", paramLabel = "N", defaultValue = "512") int vocabulary,
      @Option(
              names = "--steps",
              paramLabel = "N",
              defaultValue = "2",
              description = "Thinking steps (${DEFAULT-VALUE}).")
          int steps,
      @Option(
              names = "--repeat",
              paramLabel = "N",
              defaultValue = "12",
              description = "Training steps after the first (${DEFAULT-VALUE}).")
          int repeat,
      @Option(names = "--json", description = "Print JSON instead of lines.") boolean json)
      throws JsonProcessingException {
    Map<String, Object> figures =
        new StepBenchmark(ebt.catalog(), backend)
            .run(
                new StepBenchmark.Size(
                    model, layers, width, heads, batch, length, vocabulary, steps, repeat));
    if (json) {
      System.out.println(new ObjectMapper().writeValueAsString(figures));
    } else {
      figures.forEach((name, value) -> System.out.printf("%-24s %s%n", name, value));
    }
    return 0;
  }
}
