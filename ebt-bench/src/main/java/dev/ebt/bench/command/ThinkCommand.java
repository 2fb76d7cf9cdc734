package dev.ebt.bench.command;

import static dev.ebt.bench.command.OptionBounds.check;
import static dev.ebt.bench.command.OptionBounds.positive;

import dev.ebt.bench.bundled.BundledModel;
import dev.ebt.bench.report.Continuation;
import dev.ebt.bench.report.ImageStrips;
import dev.ebt.bench.report.PredictionTable;
import dev.ebt.bench.report.SampleGrid;
import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import dev.ebt.text.TextModality;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.text.decode.TokenSampling;
import dev.ebt.vision.Autoencoding;
import dev.ebt.vision.ImageDenoising;
import dev.ebt.vision.ImageGeneration;
import dev.ebt.vision.video.NextFrame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lets a trained model think: writes on from a prompt, or shows predictions. */
@Command(
    name = "think",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Let a trained model think; without a run, the one that ships with ebt.",
    description = {
      "",
      "A text model writes on from the prompt. A model of pictures takes the noise out of one, a"
          + " model of",
      "clips goes on from the first frames of one. A model of anything else, or one that is given",
      "nothing, shows what it predicts of some validation examples; of pictures with --out, as"
          + " pictures.",
      "",
      "  ./ebt think runs/book --prompt \"ROMEO:\" --steps 4",
      "  ./ebt think runs/book --prompt \"ROMEO:\" --count 20 --explain",
      "  ./ebt think runs/shapes --steps 3 --out strips",
      "  ./ebt think runs/shapes --image noisy.png --steps 1,2,3,6 --out denoised.png",
      "  ./ebt think runs/bouncing --frames 5 --predict 10 --out rollout.gif",
      "  ./ebt think runs/generate --count 8 --out samples",
      "  ./ebt think runs/photos --vectors asked.safetensors --out samples",
      ""
    })
public final class ThinkCommand implements Callable<Integer> {
  /** What is for one kind of data only. */
  private static final Map<String, List<String>> OPTIONS =
      Map.of(
          "text",
              List.of("--prompt", "--candidates", "--temperature", "--top-k", "--top-p", "--stop"),
          "pictures", List.of("--image", "--noise"),
          "clips", List.of("--clip", "--frames", "--predict"),
          "pictures that are asked for by vectors", List.of("--vectors"));

  @ParentCommand private GlobalOptions ebt;

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "A run's directory.")
  private @Nullable Path run;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      preprocessor = AnyText.class,
      converter = AnyText.class,
      description = "What there is already; one that looks like an option with =, --prompt=--help.")
  private @Nullable String prompt;

  @Option(
      names = "--steps",
      split = ",",
      paramLabel = "N",
      description = "Thinking steps per prediction (as many as in training); several with --image.")
  private @Nullable List<Integer> steps;

  @Option(
      names = "--tolerance",
      paramLabel = "E",
      description = "Stop thinking when the energy changes by less (0: never).")
  private double tolerance;

  @Option(
      names = "--candidates",
      paramLabel = "N",
      description = "Think about N candidates for each token; take that of the lowest energy (1).")
  private int candidates = 1;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Tokens to write, or examples to show.")
  private @Nullable Integer count;

  @Option(names = "--temperature", paramLabel = "T", description = "0 takes the likeliest (0.8).")
  private double temperature = 0.8;

  @Option(names = "--top-k", paramLabel = "K", description = "Only the K likeliest (0: all).")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Only the likeliest that make up this probability (1).")
  private double topP = 1;

  @Option(names = "--seed", paramLabel = "N", description = "Of all that is drawn (1).")
  private long seed = 1;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      preprocessor = AnyText.class,
      converter = AnyText.class,
      description = "End before this text; repeatable.")
  private List<String> stop = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "PATH",
      description = {
        "A folder for pictures: noisy, after each step, clean, side by side;",
        "of a model that makes pictures, a row for each kind or vector; of an autoencoder, told"
            + " again, true.",
        "With --image the denoised picture, .png, with such a strip beside it.",
        "Of a clip: .gif, or .png side by side."
      })
  private @Nullable Path out;

  @Option(
      names = "--vectors",
      paramLabel = "FILE",
      description = "Ask for pictures by the vectors of this .safetensors file, with --out.")
  private @Nullable Path vectors;

  @Mixin private ImageOption picture;

  @Mixin private ClipOption clip;

  @Option(names = "--explain", description = "Show the energy after each step, token by token.")
  private boolean explain;

  @Mixin private ModelOption option;

  @Override
  public Integer call() {
    check("--temperature", temperature, temperature >= 0 && temperature < 1e30, "0 or more");
    check("--tolerance", tolerance, tolerance >= 0, "0 or more");
    positive("--candidates", candidates);
    check("--top-k", topK, topK >= 0, "0 (all) or more");
    check("--top-p", topP, topP >= 0 && topP <= 1, "0 to 1");
    try (TrainedModel model =
        run == null
            ? BundledModel.open(ebt.catalog(), option.overrides())
            : TrainedModel.open(ebt.catalog(), run, option.checkpoint(), option.overrides())) {
      List<Integer> taken = steps(model.parts());
      if (!model.parts().thinks()) {
        check("--tolerance", tolerance, tolerance == 0, "0 for a model without energy");
      }
      String modality = model.parts().configuration().modality().name();
      refuseOptionsOfOthers(model.modality(), modality);
      if (model.modality() instanceof TextModality) {
        write(model, one(taken));
      } else if (picture.given()) {
        picture.denoise(model.parts(), taken, tolerance, seed, out);
      } else if (model.modality() instanceof NextFrame && (out != null || clip.given())) {
        clip.rollOut(model.parts(), one(taken), seed, out);
      } else {
        show(model.parts(), new PredictionTable.PredictionOptions(one(taken), tolerance, seed));
      }
      return 0;
    }
  }

  private List<Integer> steps(RunParts parts) {
    int usual = parts.steps().taken();
    List<Integer> taken = steps == null ? List.of(usual) : steps;
    for (int count : taken) {
      if (usual > 0) {
        check("--steps", count, count >= 1, "at least 1");
      } else {
        check("--steps", count, count == 0, "0 for a model that predicts at once");
      }
    }
    return taken.stream().sorted().distinct().toList();
  }

  private static int one(List<Integer> steps) {
    if (steps.size() > 1) {
      throw new UserException(
          String.format(
              Locale.ROOT, "--steps has %d numbers; one expected without --image", steps.size()));
    }
    return steps.get(0);
  }

  private void show(RunParts parts, PredictionTable.PredictionOptions manner) {
    int examples = positive("--count", count == null ? 5 : count);
    if (vectors != null && out == null) {
      throw new UserException("--vectors needs --out FOLDER for the pictures");
    }
    if (out != null && Files.exists(out) && !Files.isDirectory(out)) {
      throw new UserException("--out is the file " + out + "; a folder for pictures expected");
    }
    if (out != null && parts.modality() instanceof ImageGeneration) {
      SampleGrid.write(parts, manner, examples, vectors, out, System.out);
    } else if (out != null) {
      ImageStrips.write(parts, manner, examples, out, System.out);
    } else {
      PredictionTable.print(parts, manner, examples, System.out);
    }
  }

  private void refuseOptionsOfOthers(Modality modality, String name) {
    boolean seen =
        modality instanceof ImageDenoising
            || modality instanceof NextFrame
            || modality instanceof ImageGeneration
            || modality instanceof Autoencoding;
    if (out != null && !seen) {
      throw new UserException(
          String.format(Locale.ROOT, "--out is for pictures; this run has modality '%s'", name));
    }
    String own = own(modality);
    OPTIONS.forEach(
        (kind, options) -> {
          for (String option : options) {
            if (!kind.equals(own) && spec.commandLine().getParseResult().hasMatchedOption(option)) {
              throw new UserException(
                  String.format(
                      Locale.ROOT,
                      "%s is for %s; this run has modality '%s'. Without it, %s",
                      option,
                      kind,
                      name,
                      own.equals("text") ? "text is written" : "predictions are shown"));
            }
          }
        });
  }

  /** Which of the {@link #OPTIONS} a run heeds. */
  private static String own(Modality modality) {
    if (modality instanceof ImageGeneration generation && generation.settings().vector() > 0) {
      return "pictures that are asked for by vectors";
    }
    if (modality instanceof ImageDenoising) {
      return "pictures";
    }
    if (modality instanceof NextFrame) {
      return "clips";
    }
    return modality instanceof TextModality ? "text" : "";
  }

  private static void tellOfLength(TextGenerator generator, String start) {
    int tokens = generator.tokenizer().encode(start).length;
    if (tokens > generator.length()) {
      System.err.printf(
          Locale.ROOT,
          "ebt: the prompt has %d tokens; the model sees the last %d (modality.length)%n",
          tokens,
          generator.length());
    }
  }

  private void write(TrainedModel model, int taken) {
    TokenSampling sampling = new TokenSampling(temperature, topK, topP, seed);
    TextGenerator.GenerationOptions manner =
        new TextGenerator.GenerationOptions(taken, tolerance, sampling, candidates);
    int tokens = positive("--count", count == null ? (explain ? 24 : 200) : count);
    try (TextGenerator generator = TextGenerator.of(model.parts())) {
      Continuation continuation = new Continuation(generator, manner, stop, System.out);
      String start = prompt == null ? "" : prompt;
      tellOfLength(generator, start);
      if (explain) {
        continuation.explain(start, tokens);
      } else {
        continuation.write(start, tokens);
      }
    }
  }
}
