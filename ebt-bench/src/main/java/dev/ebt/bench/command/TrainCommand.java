package dev.ebt.bench.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.ebt.bench.report.ThinkingTable;
import dev.ebt.bench.report.TrainingConsole;
import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.interact.Interactions;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.ResolvedConfiguration;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.run.Preflight;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainingRun;
import dev.ebt.store.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Trains a model, or goes on training one. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Train a model; without arguments, a small one on built-in text.",
    description = {
      "",
      "Ctrl-C saves and says how to go on; a second one ends at once. A run is a directory:",
      "config.yaml, metrics.jsonl, checkpoints/.",
      "",
      "  ./ebt train                                     built-in brackets and sums, a few minutes",
      "  ./ebt train --data book.txt --out runs/book     any UTF-8 file, folder, .jsonl; .gz too",
      "  ./ebt train --recipe denoise                    pictures; --data takes a folder, MNIST,"
          + " CIFAR-10",
      "  ./ebt train --recipe dit                        the same pictures for the diffusion"
          + " baseline",
      "  ./ebt train --recipe generate                   makes pictures of a kind out of noise",
      "  ./ebt train --recipe video --data clips/        the next frame of GIFs, folders of frames",
      "  ./ebt train --like runs/book --model transformer    a baseline that matches a run",
      "  ./ebt train --resume runs/book",
      "  ./ebt train --from runs/book --task gsm8k=train.jsonl    on answers only",
      "  ./ebt train --recipe s2 --data book.txt --set model.size=xxs    as published",
      "  ./ebt train my.yaml --set model.width=256       see ebt init",
      ""
    })
public final class TrainCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;

  @ParentCommand private GlobalOptions ebt;

  @Parameters(
      arity = "0..1",
      paramLabel = "CONFIG",
      description = "YAML, laid over the recipe; 'ebt init' writes one.")
  private @Nullable Path file;

  @Option(names = "--recipe", paramLabel = "NAME", description = "What to begin with; see below.")
  private @Nullable String recipe;

  @Mixin private DataOption data;

  @Mixin private TaskOption task;

  @Mixin private FromOption from;

  @Mixin private LikeOption like;

  @Option(names = "--out", paramLabel = "DIR", description = "The run's directory; a new one.")
  private @Nullable Path out;

  @Option(names = "--resume", paramLabel = "DIR", description = "A run to go on with.")
  private @Nullable Path resume;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "With --resume: latest, best, or a step (latest).")
  private @Nullable String checkpoint;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Any field of the configuration, for instance training.steps=1000.")
  private List<String> assignments = List.of();

  @Option(names = "--backend", paramLabel = "NAME", description = "What computes (tensorflow).")
  private @Nullable String backend;

  @Option(
      names = "--quick",
      description = "To see that everything works: at most 60 updates and about two minutes.")
  private boolean quick;

  @Override
  public Integer call() {
    Catalog catalog = ebt.catalog();
    if (resume != null) {
      return resume(catalog, resume);
    }
    if (checkpoint != null) {
      throw new UserException(
          "--checkpoint says where --resume goes on; name the run with --resume, or leave it out");
    }
    if (like.given() && (recipe != null || file != null || othersGiven())) {
      throw new UserException(
          "--like goes by the run's own configuration; leave out CONFIG, --recipe, --data, --field,"
              + " --task and --from");
    }
    if (recipe == null && file() == null) {
      data.requireText(own());
    }
    ResolvedConfiguration resolved = configuration(catalog);
    RunConfiguration configuration = resolved.configuration();
    try (Components assembled = assembled(catalog, resolved)) {
      RunParts parts = assembled.get(RunParts.class);
      Preflight.check(parts);
      try (RunDirectory directory =
              RunDirectory.create(
                  directory(configuration),
                  Configurations.write(parts.configuration()),
                  parts.files());
          TrainingRun run = TrainingRun.begin(parts, directory)) {
        return train(run, parts, resolved);
      }
    }
  }

  private boolean othersGiven() {
    return data.given() || task.isGiven() || from.given();
  }

  private Components assembled(Catalog catalog, ResolvedConfiguration resolved) {
    Path folder = like.run();
    return folder == null || resolved.configuration().from() != null
        ? Components.of(catalog, resolved)
        : Components.of(catalog, resolved, folder);
  }

  private ResolvedConfiguration configuration(Catalog catalog) {
    try {
      return Configurations.read(catalog, recipe(), file(), allOverrides(catalog));
    } catch (UserException e) {
      if (file == null || data.given() || file.toString().matches(".*\\.(ya?ml|json)")) {
        throw e;
      }
      throw new UserException(
          e.getMessage() + ". If it is your data: --data " + ShellWord.of(file), e);
    }
  }

  private Integer resume(Catalog catalog, Path path) {
    if (file != null || recipe != null || othersGiven() || like.given() || quick || out != null) {
      throw new UserException(
          "--resume goes on with the run's own configuration; leave out CONFIG, --recipe, --data,"
              + " --field, --task, --from, --like, --quick and --out");
    }
    try (RunDirectory directory = RunDirectory.resume(path)) {
      ResolvedConfiguration resolved =
          Configurations.read(catalog, null, directory.configuration(), allOverrides(catalog));
      try (Components assembled = Components.of(catalog, resolved, path)) {
        RunParts parts = assembled.get(RunParts.class);
        Preflight.check(parts);
        try (TrainingRun run = resumed(parts, directory)) {
          if (run.done() == 0) {
            System.err.println("ebt: no checkpoint in " + path + ": the run begins again");
          }
          return train(run, parts, resolved);
        }
      }
    }
  }

  private TrainingRun resumed(RunParts parts, RunDirectory directory) {
    return checkpoint == null
        ? TrainingRun.resume(parts, directory)
        : TrainingRun.resume(parts, directory, checkpoint);
  }

  private int train(TrainingRun run, RunParts parts, ResolvedConfiguration resolved) {
    TrainingConsole console =
        new TrainingConsole(run, parts, resolved, Interactions.of(ebt.catalog()));
    console.begin();
    BooleanSupplier late = quick ? new QuickTraining()::over : () -> false;
    long reached;
    try (Interrupt interrupt = Interrupt.install(console::stopping)) {
      reached = run.train(() -> interrupt.requested() || late.getAsBoolean(), console);
    } finally {
      console.end();
    }
    boolean early = reached < parts.configuration().training().steps();
    boolean enough = early && reached > 0 && late.getAsBoolean();
    if (early) {
      System.err.printf(
          Locale.ROOT,
          "%s Go on with:%n  ./ebt train --resume %s%s%n",
          stopped(reached, enough ? QuickTraining.ENDED : "Stopped"),
          ShellWord.of(run.path()),
          ebt.pluginOptions());
    }
    if (early && !enough) {
      return INTERRUPTED;
    }
    show(run, parts);
    if (System.out.checkError()) {
      System.err.println("ebt: everything is saved in " + run.path());
    }
    return 0;
  }

  private static String stopped(long reached, String how) {
    return reached == 0
        ? "Stopped before the first step was done; there is nothing to save."
        : how + " after step " + reached + "; everything is saved.";
  }

  /** The end of the job: the trained model thinks. */
  private void show(TrainingRun run, RunParts parts) {
    ThinkingTable.print(parts, System.out);
    String given = ShellWord.of(run.path()) + ebt.pluginOptions();
    String suggestion = Interactions.of(ebt.catalog()).suggestion(parts.modality());
    String steps = parts.thinks() ? "1,2,3,4,8" : joined(parts.steps().usual());
    System.out.printf(
        Locale.ROOT,
        "%nThe run is in %s. Next:%n  ./ebt think %s%s%n  ./ebt eval %s%s%n",
        run.path(),
        given,
        suggestion.isEmpty() ? "" : " " + suggestion,
        given,
        parts.steps().taken() > 0 ? " --steps " + steps : "");
  }

  private static String joined(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** A recipe is complete, so a file needs one only if it says so. */
  private @Nullable String recipe() {
    if (recipe != null) {
      return recipe;
    }
    if (file() != null) {
      return null;
    }
    return data.path() == null && !task.isGiven() ? "brackets" : "text";
  }

  /**
   * The run whose weights are taken is configured as it should be, unless another file is named.
   */
  private @Nullable Path file() {
    if (file != null || recipe != null) {
      return file;
    }
    return like.given() ? like.configuration() : from.configuration();
  }

  /** Returns the values set by hand. */
  private Overrides own() {
    return Overrides.parse(assignments);
  }

  private Overrides allOverrides(Catalog catalog) {
    Overrides own = own();
    Overrides all = data.overrides(() -> Configurations.modality(catalog, recipe(), file(), own));
    if (task.isGiven()) {
      if (data.given()) {
        throw new UserException("--task and --data exclude each other: one thing for training");
      }
      all = all.and(task.single().overrides());
    }
    all =
        all.and(like.overrides(catalog, own))
            .and(from.overrides(catalog, file == null && recipe == null, fineTuningSteps(own)));
    if (quick) {
      all = all.yieldingTo(QuickTraining.OVERRIDES);
    }
    if (backend != null) {
      all = all.and(Assignment.of("backend.name", backend, Origin.option("--backend " + backend)));
    }
    return all.yieldingTo(own);
  }

  /** As many as are asked for, so that the learning rate falls over just these. */
  private JsonNode fineTuningSteps(Overrides own) {
    return own.at("training.steps")
        .map(Assignment::value)
        .orElseGet(() -> IntNode.valueOf(quick ? QuickTraining.STEPS : 300));
  }

  private Path directory(RunConfiguration configuration) {
    if (out != null) {
      return out;
    }
    if (like.given()) {
      return fresh(like.directory());
    }
    String named = task.isGiven() ? task.single().format() : configuration.data().name();
    return fresh(Path.of("runs", data.stem().orElse(named)));
  }

  /** The path itself or, where it is taken, with the first number that is not. */
  private static Path fresh(Path path) {
    Path free = path;
    for (int i = 2; Files.exists(free); i++) {
      free = path.resolveSibling(ShellWord.fileName(path) + "-" + i);
    }
    return free;
  }
}
