package dev.ebt.bench.command;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.report.ScoreReport;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.TextScore;
import dev.ebt.run.TrainedModel;
import dev.ebt.text.document.StrictUtf8;
import dev.ebt.text.read.TextFiles;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that computes the log-likelihood of a text. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Score a text: its log-likelihood; without a run, by the model brackets.",
    description = {
      "",
      "Loss in nats, bits per byte and, for a model with an energy, the energy of each"
          + " token after its",
      "last thinking step. A text longer than the model's window is scored in windows that"
          + " overlap by",
      "half; each token counts once.",
      "",
      "  ./ebt score runs/book --text \"ROMEO: But soft\"",
      "  ./ebt score runs/book --file chapter.txt --steps 4 --json",
      "  ./ebt score runs/baseline --file - --tokens      standard input, token by token",
      ""
    })
public final class ScoreCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      converter = RunConverter.class,
      description = "A run's directory or a bundled model (brackets).")
  private @Nullable Path run;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      preprocessor = AnyText.class,
      converter = AnyText.class,
      description = "The text; one that looks like an option with =, --text=--help.")
  private @Nullable String text;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A UTF-8 file with the text, also .gz; - is standard input.")
  private @Nullable Path file;

  @Mixin private ComputeOptions compute;

  @Option(names = "--tokens", description = "Also print each token.")
  private boolean tokens;

  @Mixin private ModelOption option;

  @Mixin private JsonOption json;

  @Inject
  ScoreCommand(StandardStreams streams, Supplier<Catalog> discovery) {
    this.streams = streams;
    this.discovery = discovery;
  }

  @Override
  public Integer call() {
    int candidates = compute.singleCandidates();
    int batch = compute.batch();
    compute.singleSteps(0); // A mistake is told before anything is opened.
    String given = given();
    try (TrainedModel model = option.open(discovery.get(), run)) {
      int taken = compute.singleSteps(model.parts().steps().taken());
      TextScore score = model.score(given, taken, candidates, batch);
      String name = ModelOption.name(discovery.get(), run);
      ScoreReport report = new ScoreReport(name, model.progress().step(), score, tokens);
      if (json.given()) {
        JsonOption.print(report.document(), streams.out());
      } else {
        report.print(streams.out());
      }
      return 0;
    }
  }

  private String given() {
    if ((text == null) == (file == null)) {
      throw new UserException(
          (text == null ? "there is no text to score" : "--text and --file exclude each other")
              + "; one of --text TEXT, --file FILE and --file - expected");
    }
    if (text != null) {
      return text;
    }
    return file.toString().equals(STANDARD_INPUT) ? standardInput() : TextFiles.text(file);
  }

  private String standardInput() {
    try {
      return StrictUtf8.decode(streams.in().readAllBytes(), "standard input", 0);
    } catch (IOException e) {
      throw new UserException("standard input cannot be read: " + e.getMessage(), e);
    }
  }
}
