package dev.ebt.bench.command;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.report.OutputDocument;
import dev.ebt.bench.report.OutputPrinter;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Interactions;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.TrainedModel;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that generates text or shows predictions of a trained model. */
@Command(
    name = "think",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Use a trained model: generate or predict; without a run, the bundled model.",
    description = {
      "",
      "A text model continues the prompt. An image model denoises an image. A video"
          + " model continues",
      "a clip from its first frames. Other models, and all models without an input, show"
          + " predictions",
      "of validation examples; for images with --out as files.",
      "",
      "  ./ebt think runs/book --prompt \"ROMEO:\" --steps 4",
      "  ./ebt think runs/book --prompt \"ROMEO:\" --count 20 --explain",
      "  ./ebt think runs/shapes --steps 3 --out strips",
      "  ./ebt think runs/shapes --image noisy.png --steps 1,2,3,6 --out denoised.png",
      "  ./ebt think runs/bouncing --frames 5 --predict 10 --out rollout.gif",
      "  ./ebt think runs/generate --count 8 --out samples",
      "  ./ebt think runs/photos --vectors conditions.safetensors --out samples",
      ""
    })
public final class ThinkCommand implements Callable<Integer>, PluginOptions {
  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "A run's directory.")
  private @Nullable Path run;

  @Mixin private StepsOption steps;

  @Option(
      names = "--tolerance",
      paramLabel = "E",
      description = "Stop thinking when the energy changes by less than this (0: never).")
  private double tolerance;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Number of tokens to generate, or of examples.")
  private @Nullable Integer count;

  @Option(names = "--seed", paramLabel = "N", description = "The seed of all random numbers (1).")
  private long seed = 1;

  @Mixin private ModelOption option;

  @Mixin private JsonOption json;

  private Interactions interactions;
  private InteractionOptions options;

  @Inject
  ThinkCommand(StandardStreams streams, Supplier<Catalog> discovery) {
    this.streams = streams;
    this.discovery = discovery;
  }

  @Override
  public void addOptions(CommandSpec command) {
    interactions = Interactions.of(discovery.get());
    options = new InteractionOptions(interactions, streams.in());
    options.addTo(command);
  }

  @Override
  public Integer call() {
    CommonOptions common =
        new CommonOptions(requireNonNullElse(steps.several(), List.of()), tolerance, count, seed);
    Map<String, Object> given = options.given(spec.commandLine().getParseResult());
    try (TrainedModel model = option.open(discovery.get(), run)) {
      if (json.given()) {
        OutputDocument outputs = new OutputDocument(streams.err());
        interactions.run(model, common, given, outputs);
        JsonOption.print(ModelOption.document(run, model, outputs.document()), streams.out());
      } else {
        OutputPrinter printer = new OutputPrinter(streams);
        interactions.run(model, common, given, printer);
        printer.end();
      }
      return 0;
    }
  }
}
