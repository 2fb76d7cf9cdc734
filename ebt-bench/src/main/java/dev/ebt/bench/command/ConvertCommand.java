package dev.ebt.bench.command;

import dev.ebt.bench.published.FromPublished;
import dev.ebt.bench.published.PublishedOptions;
import dev.ebt.bench.published.ToPublished;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Turns weights of other programs into models of ours, and back. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Read or write weights of the published PyTorch code.",
    description = {
      "",
      "Weights are safetensors under their published names, options a JSON mapping. The model that is",
      "read is a folder that think, eval and publish take like a run.",
      "",
      "  ./ebt convert --from published model.safetensors --hparams hparams.json --out models/theirs",
      "  ./ebt convert --to published runs/book --out ours.safetensors      and ours.json beside it",
      ""
    })
public final class ConvertCommand implements Callable<Integer> {
  @ParentCommand private GlobalOptions ebt;

  /** The other program. There is one so far. */
  enum Program {
    PUBLISHED
  }

  /** Either way. */
  static final class Way {
    @Option(
        names = "--from",
        paramLabel = "PROGRAM",
        required = true,
        description = "Read what it wrote: published.")
    private @Nullable Program from;

    @Option(
        names = "--to",
        paramLabel = "PROGRAM",
        required = true,
        description = "Write for it: published.")
    @SuppressWarnings("UnusedVariable") // Given unless --from is: picocli requires one of them.
    private @Nullable Program to;
  }

  @ArgGroup(multiplicity = "1")
  private Way way;

  @Parameters(paramLabel = "MODEL", description = "Weights to read, or a run to write.")
  private Path model;

  @Option(
      names = "--hparams",
      paramLabel = "FILE",
      description = "The options, JSON; beside the weights unless named.")
  private @Nullable Path hparams;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      required = true,
      description = "A new folder; or new weights, a .safetensors file.")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "With --from: a field that options say nothing of, or something else.")
  private List<String> assignments = List.of();

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "With --to: latest, best, or a step (latest).")
  private @Nullable String checkpoint;

  @Override
  public Integer call() {
    if (way.from != null) {
      if (checkpoint != null) {
        throw new UserException("--checkpoint is for --to; a file of weights has just one");
      }
      PublishedOptions options = PublishedOptions.read(hparams(model));
      FromPublished.read(ebt.catalog(), model, options, Overrides.parse(assignments)).write(out);
      String folder = ShellWord.of(out) + ebt.pluginOptions();
      System.out.printf(
          Locale.ROOT,
          "The model is in %s. Next:%n  ./ebt think %s%n  ./ebt eval %s --data PATH%n",
          out,
          folder,
          folder);
    } else {
      if (!assignments.isEmpty()) {
        throw new UserException("--set is for --from; a run is written as it is");
      }
      ToPublished read =
          ToPublished.read(ebt.catalog(), model, checkpoint == null ? "latest" : checkpoint);
      read.write(out, hparams(out));
      System.out.printf(
          Locale.ROOT, "The weights are in %s, their options in %s.%n", out, hparams(out));
    }
    return 0;
  }

  /** The options beside weights: the same name, ending in .json. */
  private Path hparams(Path weights) {
    if (hparams != null) {
      return hparams;
    }
    String name = weights.getFileName().toString().replaceAll("\\.safetensors$", "");
    return weights.resolveSibling(name + ".json");
  }
}
