package dev.ebt.bench.command;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.run.ModelFolder;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that writes a copy of a trained model for others. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Export a trained model to a new folder, without the state that only training needs.",
    description = {
      "",
      "The folder is used like a run: config.yaml, model.safetensors, progress.json.",
      "",
      "  ./ebt export runs/book --out models/book && ./ebt think models/book",
      ""
    })
public final class ExportCommand implements Callable<Integer> {
  private final StandardStreams streams;

  @Parameters(
      paramLabel = "RUN",
      converter = RunConverter.class,
      description = "A run's directory or a bundled model.")
  private Path run;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "A new folder.")
  private Path out;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "latest, latest-good, best, or a step (latest).")
  private String checkpoint = "latest";

  @Mixin private WeightsOption weights;

  @Option(
      names = "--float16",
      description =
          "Store weights as 16-bit floating-point numbers: half the size, rounded to 11 binary"
              + " digits.")
  private boolean half;

  @Inject
  ExportCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    ModelFolder.export(run, checkpoint, weights.weights(), out, half);
    streams.out().println("The model is in " + out + ".");
    return 0;
  }
}
