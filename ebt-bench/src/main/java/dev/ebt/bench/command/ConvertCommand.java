package dev.ebt.bench.command;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.published.FromPublished;
import dev.ebt.bench.published.PublishedOptions;
import dev.ebt.bench.published.ToPublished;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that converts weights from and to other programs. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Read or write weights of the published PyTorch code.",
    description = {
      "",
      "Weights are safetensors with their published names, options a JSON mapping. The"
          + " imported model is",
      "a folder that think, eval and export accept like a run.",
      "",
      "  ./ebt convert --from published model.safetensors --hparams hparams.json --out models/theirs",
      "  ./ebt convert --to published runs/book --out ours.safetensors      also writes"
          + " ours.json",
      ""
    })
public final class ConvertCommand implements Callable<Integer> {
  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;
  private final GlobalOptions global;

  /** The other program. */
  enum Program {
    PUBLISHED
  }

  /** The direction of the conversion. */
  static final class Way {
    @Option(
        names = "--from",
        paramLabel = "PROGRAM",
        required = true,
        description = "Import from this program: published.")
    private @Nullable Program from;

    @Option(
        names = "--to",
        paramLabel = "PROGRAM",
        required = true,
        description = "Export for this program: published.")
    @SuppressWarnings("UnusedVariable") // Given unless --from is: picocli requires one of them.
    private @Nullable Program to;
  }

  @ArgGroup(multiplicity = "1")
  private Way way;

  @Parameters(paramLabel = "MODEL", description = "Weights to import, or a run to export.")
  private Path model;

  @Option(
      names = "--hparams",
      paramLabel = "FILE",
      description = "The options as JSON (the file of the weights with the ending .json).")
  private @Nullable Path hparams;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      required = true,
      description = "A new folder, or a new .safetensors file for an export.")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "With --from: overrides a setting of the imported model.")
  private List<String> assignments = List.of();

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "With --to: latest, latest-good, best, or a step (latest).")
  private @Nullable String checkpoint;

  @Mixin private WeightsOption weights;

  @Inject
  ConvertCommand(StandardStreams streams, Supplier<Catalog> discovery, GlobalOptions global) {
    this.streams = streams;
    this.discovery = discovery;
    this.global = global;
  }

  @Override
  public Integer call() {
    if (way.from != null) {
      if (checkpoint != null) {
        throw new UserException(
            "--checkpoint is for --to; a weights file has no other checkpoints");
      }
      if (weights.isGiven()) {
        throw new UserException("--weights is for --to; a weights file has one set of weights");
      }
      PublishedOptions options = PublishedOptions.read(hparams(model));
      FromPublished.read(discovery.get(), model, options, Overrides.parse(assignments)).write(out);
      String folder = ShellWord.of(out) + global.pluginOptions();
      streams
          .out()
          .printf(
              Locale.ROOT,
              "The model is in %s. Next:%n  ./ebt think %s%n  ./ebt eval %s --data PATH%n",
              out,
              folder,
              folder);
    } else {
      if (!assignments.isEmpty()) {
        throw new UserException("--set is for --from; an export cannot change settings");
      }
      ToPublished read =
          ToPublished.read(
              discovery.get(),
              model,
              checkpoint == null ? "latest" : checkpoint,
              weights.weights());
      read.write(out, hparams(out));
      streams
          .out()
          .printf(Locale.ROOT, "The weights are in %s, their options in %s.%n", out, hparams(out));
    }
    return 0;
  }

  /** Returns the default options file: the name of the weights with the ending .json. */
  private Path hparams(Path weights) {
    if (hparams != null) {
      return hparams;
    }
    String name = weights.getFileName().toString().replaceAll("\\.safetensors$", "");
    return weights.resolveSibling(name + ".json");
  }
}
