package dev.ebt.bench.command;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.progress.ProgressLines;
import dev.ebt.bench.sweep.SweepDocument;
import dev.ebt.bench.sweep.SweepProgress;
import dev.ebt.bench.sweep.SweepTable;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.interact.OptionChecks;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.TrainingRequest;
import dev.ebt.sweep.PlannedRun;
import dev.ebt.sweep.RunResult;
import dev.ebt.sweep.RunWorkers;
import dev.ebt.sweep.SweepFolder;
import dev.ebt.sweep.SweepGrid;
import dev.ebt.sweep.SweepJob;
import dev.ebt.sweep.SweepPlan;
import dev.ebt.sweep.SweepResults;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that trains a configuration with several values of some settings. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Train with several values of settings, and compare the results over seeds.",
    description = {
      "",
      "Each combination is a run of its own in DIR/runs, trained in a process of its own. Ctrl-C"
          + " saves all; a",
      "sweep that was stopped or killed is continued with --resume, and no finished run is"
          + " repeated. A run that",
      "diverges is recorded and does not end the sweep. Results are in DIR/results.csv, .json and"
          + " .svg.",
      "",
      "  ./ebt sweep base.yaml --grid training.learningRate=0.001,0.002 --grid seed=1..5",
      "  ./ebt sweep --recipe brackets --grid 'thinking.stepSize=0.25,0.5,1' --out runs/alpha",
      "  ./ebt sweep --resume runs/alpha",
      "  ./ebt sweep my.yaml --grid model.width=32,64,128 --grid seed=1..3 --halving",
      "  ./ebt sweep my.yaml --grid seed=1..4 --parallel 2 --set backend.intraThreads=1",
      ""
    })
public final class SweepCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;

  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;
  private final GlobalOptions global;
  private final ProgressLines progress;
  private final Interrupts interrupts;
  private final RunWorkers workers;

  @Parameters(
      arity = "0..1",
      paramLabel = "CONFIG",
      description = "A YAML file that overrides the recipe; 'ebt init' writes one.")
  private @Nullable Path file;

  @Option(names = "--recipe", paramLabel = "NAME", description = "The base configuration.")
  private @Nullable String recipe;

  @Mixin private DataOption data;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Overrides a setting of all runs, such as training.steps=1000.")
  private List<String> assignments = List.of();

  @Option(
      names = "--grid",
      paramLabel = "PATH=VALUES",
      description = {
        "Varies a setting: values separated by commas, 1..5 for whole numbers; repeatable, for all",
        "combinations. seed=1..5 repeats each with five seeds."
      })
  private List<String> grid = List.of();

  @Option(names = "--out", paramLabel = "DIR", description = "The new folder (runs/sweep).")
  private @Nullable Path out;

  @Option(names = "--resume", paramLabel = "DIR", description = "Continues this sweep.")
  private @Nullable Path resume;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description =
          "Runs that are trained at the same time, on a share of the processors each (1).")
  private int parallel = 1;

  @Option(
      names = "--halving",
      description =
          "Stops the worse half of the settings after 1/2 of the updates, 1/4, and so on.")
  private boolean halving;

  @Mixin private SweepMetricOption metric;

  @Option(names = "--dry-run", description = "Checks and lists the runs, and trains none.")
  private boolean dryRun;

  @Mixin private JsonOption json;

  @Inject
  SweepCommand(
      StandardStreams streams,
      Supplier<Catalog> discovery,
      GlobalOptions global,
      ProgressLines progress,
      Interrupts interrupts,
      RunWorkers workers) {
    this.streams = streams;
    this.discovery = discovery;
    this.global = global;
    this.progress = progress;
    this.interrupts = interrupts;
    this.workers = workers;
  }

  @Override
  public Integer call() {
    OptionChecks.check("--parallel", parallel, parallel >= 1, "at least 1");
    if (resume != null) {
      return run(resumed(resume));
    }
    SweepPlan plan =
        SweepPlan.of(
            discovery.get(),
            TrainingRequest.of(recipe, file)
                .withData(data.data().orElse(null))
                .withOverrides(Overrides.parse(assignments)),
            SweepGrid.parse(grid),
            metric.options(halving));
    if (dryRun) {
      return list(plan);
    }
    return run(SweepFolder.create(out == null ? free(Path.of("runs", "sweep")) : out, plan));
  }

  private SweepFolder resumed(Path path) {
    if (file != null
        || recipe != null
        || data.given()
        || !assignments.isEmpty()
        || !grid.isEmpty()
        || out != null
        || halving
        || dryRun
        || metric.isGiven()) {
      throw new UserException(
          "--resume continues a sweep as it was begun; remove all options but --parallel and"
              + " --json");
    }
    SweepFolder folder = SweepFolder.open(path);
    folder.checkVersion();
    return folder;
  }

  private static Path free(Path path) {
    Path free = path;
    for (int i = 2; Files.exists(free); i++) {
      free = path.resolveSibling(path.getFileName() + "-" + i);
    }
    return free;
  }

  private int list(SweepPlan plan) {
    if (json.given()) {
      JsonOption.print(
          Map.of(
              "runs",
              plan.runs().stream()
                  .map(
                      run ->
                          Map.of("run", run.name(), "values", run.values(), "steps", run.steps()))
                  .toList()),
          streams.out());
      return 0;
    }
    plan.runs()
        .forEach(
            run -> streams.out().printf(Locale.ROOT, "%s  %d updates%n", run.name(), run.steps()));
    streams
        .out()
        .printf(
            Locale.ROOT,
            "%d runs, %,d updates%n",
            plan.runs().size(),
            plan.runs().stream().mapToLong(PlannedRun::steps).sum());
    return 0;
  }

  private int run(SweepFolder folder) {
    SweepResults results;
    boolean stopped;
    try (SweepJob job = new SweepJob(folder, workers, parallel)) {
      SweepProgress shown = new SweepProgress(folder.plan(), job.done(), progress);
      try (Interrupt interrupt =
          interrupts.install(
              () -> {
                job.stop();
                shown.print("stopping  the runs in progress are saved");
              })) {
        results = job.run(shown);
        stopped = interrupt.requested();
      } finally {
        shown.end();
      }
      List<Path> files = SweepFiles.write(results, folder.path());
      print(folder, results, files);
    }
    boolean unfinished = !results.in(RunResult.State.UNFINISHED).isEmpty();
    if (unfinished) {
      streams
          .err()
          .printf(
              Locale.ROOT,
              "%s; everything is saved. Continue with:%n  ./ebt sweep --resume %s%s%n",
              stopped ? "Stopped" : "Some runs are unfinished, see " + folder.path() + "/logs",
              ShellWord.of(folder.path()),
              global.pluginOptions());
    }
    if (stopped) {
      return INTERRUPTED;
    }
    return unfinished || results.best().isEmpty() ? 1 : 0;
  }

  private void print(SweepFolder folder, SweepResults results, List<Path> files) {
    if (json.given()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("sweep", folder.path().toString());
      document.putAll(SweepDocument.of(results));
      JsonOption.print(document, streams.out());
      return;
    }
    List<String> lines = new ArrayList<>(SweepTable.lines(SweepTable.of(results)));
    lines.addAll(SweepTable.exceptions(results));
    lines.forEach(streams.out()::println);
    files.forEach(streams.out()::println);
  }
}
