package dev.ebt.bench.command;

import com.google.common.base.Suppliers;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.prompt.Prompts;
import dev.ebt.bench.prompt.PromptsFactory;
import dev.ebt.bench.report.OutputDocument;
import dev.ebt.bench.report.OutputPrinter;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Input;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Interactions;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.TrainedModel;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command that generates text or shows predictions of a trained model. */
@Command(
    name = "think",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Use a trained model: generate or predict; without a run, the model brackets.",
    description = {
      "",
      "A text model continues the prompt. An image model denoises an image. A video"
          + " model continues",
      "a clip from its first frames. Other models, and all models without an input, show"
          + " predictions",
      "of validation examples; for images with --out as files.",
      "",
      "  ./ebt think runs/book                 asks for prompts; from a pipe, the input is one",
      "  ./ebt think runs/book --prompt \"ROMEO:\" --steps 4",
      "  ./ebt think runs/book --prompt \"ROMEO:\" --count 20 --explain",
      "  ./ebt think runs/book --prompt \"ROMEO:\" --suffix \"Juliet\" --count 20",
      "  ./ebt think runs/book --energy run,path=runs/other,weight=0.5 --prompt \"ROMEO:\"",
      "  ./ebt think runs/shapes --steps 3 --out strips",
      "  ./ebt think runs/shapes --image noisy.png --steps 1,2,3,6 --out denoised.png",
      "  ./ebt think runs/shapes --image noisy.png --steps 6 --out denoised.png --explain",
      "  ./ebt think runs/shapes --image hole.png --mask mask.png --noise 0.3 --out filled.png",
      "  ./ebt think runs/bouncing --frames 5 --predict 10 --out rollout.gif",
      "  ./ebt think runs/generate --count 8 --out samples",
      "  ./ebt think runs/generate --count 4096 --pairs pairs",
      "  ./ebt think runs/photos --vectors conditions.safetensors --out samples",
      ""
    })
public final class ThinkCommand implements Callable<Integer>, PluginOptions {
  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;
  private final Interrupts interrupts;
  private final PromptsFactory prompts;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      converter = RunConverter.class,
      description = "A run's directory or a bundled model (brackets).")
  private @Nullable Path run;

  @Mixin private ThinkingOptions thinking;

  @Mixin private AnswerTimeout timeout;

  @Mixin private ModelOption option;

  @Mixin private JsonOption json;

  private final Supplier<Interactions> interactions;
  private final Supplier<InteractionOptions> options;

  @Inject
  ThinkCommand(
      StandardStreams streams,
      Supplier<Catalog> discovery,
      Interrupts interrupts,
      PromptsFactory prompts) {
    this.streams = streams;
    this.discovery = discovery;
    this.interrupts = interrupts;
    this.prompts = prompts;
    this.interactions = Suppliers.memoize(() -> Interactions.of(discovery.get()));
    this.options =
        Suppliers.memoize(() -> new InteractionOptions(interactions.get().all(), streams.in()));
  }

  @Override
  public void addOptions(CommandSpec command) {
    options.get().addTo(command);
  }

  @Override
  public Integer call() {
    ParseResult parsed = spec.commandLine().getParseResult();
    CommonOptions common = thinking.common();
    timeout.check();
    Map<String, Object> given = options.get().given(parsed);
    try (TrainedModel model = option.openForInference(discovery.get(), run)) {
      Optional<String> prompted = interactions.get().prompted(model, given);
      if (prompted.isPresent() && streams.terminal().isInteractive() && !json.given()) {
        interactions.get().check(model, common, given);
        converse(model, prompted.get(), parsed);
        return 0;
      }
      if (prompted.isPresent() && streams.terminal().inputIsRedirected()) {
        given.put(prompted.get(), standardInput());
      }
      timeout.during(() -> answer(model, common, given));
      return 0;
    }
  }

  /** Returns the text of standard input, without the line break at its end. */
  private String standardInput() {
    return Input.of("standard input", streams.in()).text().replaceFirst("\\r?\\n\\z", "");
  }

  private void converse(TrainedModel model, String prompted, ParseResult parsed) {
    List<Interaction<?>> fitting =
        interactions.get().all().stream().filter(each -> each.supports(model.modality())).toList();
    SessionOptions changing =
        new SessionOptions(new InteractionOptions(fitting, streams.in()), prompted, parsed);
    streams
        .out()
        .printf(
            Locale.ROOT,
            "%s at step %d. /help lists commands and options; Ctrl-D leaves.%n",
            ModelOption.name(discovery.get(), run),
            model.progress().step());
    try (Prompts asked = prompts.open(PromptSession.completions(changing))) {
      new PromptSession(model, interactions.get(), changing, streams, interrupts, timeout)
          .run(asked);
    }
  }

  private void answer(TrainedModel model, CommonOptions common, Map<String, Object> given) {
    if (json.given()) {
      OutputDocument outputs = new OutputDocument(streams.err());
      interactions.get().run(model, common, given, outputs);
      JsonOption.print(
          ModelOption.document(discovery.get(), run, model, outputs.document()), streams.out());
    } else {
      OutputPrinter printer = new OutputPrinter(streams);
      interactions.get().run(model, common, given, printer);
      printer.end();
    }
  }
}
