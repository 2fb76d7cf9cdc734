package dev.ebt.bench.command;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.experiment.ExperimentPage;
import dev.ebt.bench.experiment.ExperimentProgress;
import dev.ebt.bench.progress.ProgressLines;
import dev.ebt.bench.sweep.SweepDocument;
import dev.ebt.error.UserException;
import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentJob;
import dev.ebt.experiment.ExperimentReport;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.Experiments;
import dev.ebt.experiment.FurtherRuns;
import dev.ebt.experiment.Scale;
import dev.ebt.interact.OptionChecks;
import dev.ebt.plugin.Catalog;
import dev.ebt.sweep.RunWorkers;
import dev.ebt.sweep.SweepPlan;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that answers a question by trainings. */
@Command(
    name = "experiment",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Run an experiment: a question, the trainings that it needs, and a verdict.",
    description = {
      "",
      "The rule for the verdict is stated before anything runs. The same command continues an"
          + " experiment that was",
      "stopped. The result is a page, NAME.md, with its figures beside it.",
      "",
      "  ./ebt experiment list",
      "  ./ebt experiment s1-sanity --dry-run       question, design, statistic, rule and runs",
      "  ./ebt experiment s1-sanity --quick         shows in minutes that it works, and proves"
          + " nothing",
      "  ./ebt experiment s1-sanity --book docs/experiments",
      ""
    })
public final class ExperimentCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;
  private static final String LIST = "list";

  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;
  private final GlobalOptions global;
  private final ProgressLines progress;
  private final Interrupts interrupts;
  private final RunWorkers workers;

  @Parameters(paramLabel = "NAME", description = "An experiment, or 'list' for all of them.")
  private String name;

  @Option(
      names = "--quick",
      description = "A few updates of each run, to see that everything works; proves nothing.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder of the runs (experiments/NAME, or experiments/NAME-quick).")
  private @Nullable Path out;

  @Option(
      names = "--book",
      paramLabel = "DIR",
      description = "The folder of the page and its charts (that of the runs).")
  private @Nullable Path book;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description =
          "Runs that are trained at the same time, on a share of the processors each (1).")
  private int parallel = 1;

  @Option(names = "--dry-run", description = "Prints what would be done, and trains nothing.")
  private boolean dryRun;

  @Mixin private JsonOption json;

  @Inject
  ExperimentCommand(
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
    Experiments experiments = Experiments.of(discovery.get());
    if (name.equals(LIST)) {
      return list(experiments);
    }
    Experiment experiment = experiments.named(name);
    Scale scale = quick ? Scale.QUICK : Scale.FULL;
    if (dryRun) {
      return describe(
          experiment,
          ExperimentJob.plan(discovery.get(), experiment, scale),
          experiment.further(scale));
    }
    return run(experiment, scale);
  }

  private int list(Experiments experiments) {
    if (quick || out != null || book != null || dryRun || parallel != 1) {
      throw new UserException("'list' runs no experiment; remove all options but --json");
    }
    if (json.given()) {
      JsonOption.print(
          Map.of(
              "experiments",
              experiments.entries().stream()
                  .map(
                      each ->
                          Map.of(
                              "name", each.name(),
                              "summary", each.summary(),
                              "plugin", each.plugin()))
                  .toList()),
          streams.out());
      return 0;
    }
    experiments
        .entries()
        .forEach(
            each ->
                streams
                    .out()
                    .printf(
                        Locale.ROOT,
                        "%-20s %-10s %s%n",
                        each.name(),
                        "(" + each.plugin() + ")",
                        each.summary()));
    return 0;
  }

  private int describe(Experiment experiment, SweepPlan plan, Optional<FurtherRuns> further) {
    if (out != null || book != null || parallel != 1) {
      throw new UserException(
          "--dry-run trains and writes nothing; remove --out, --book, --parallel");
    }
    ExperimentDesign design = experiment.design();
    if (json.given()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("experiment", experiment.name());
      document.put("question", design.question());
      document.put("design", design.design());
      document.put("statistic", design.statistic());
      document.put("rule", design.rule());
      document.put("runs", plan.runs().stream().map(run -> run.values()).toList());
      further.ifPresent(runs -> document.put("further", runs.description()));
      JsonOption.print(document, streams.out());
      return 0;
    }
    List.of(
            "question   " + design.question(),
            "design     " + design.design(),
            "statistic  " + design.statistic(),
            "rule       " + design.rule())
        .forEach(streams.out()::println);
    plan.runs()
        .forEach(
            run ->
                streams
                    .out()
                    .printf(Locale.ROOT, "run        %s, %d updates%n", run.name(), run.steps()));
    further.ifPresent(runs -> streams.out().println("further    " + runs.description()));
    return 0;
  }

  private int run(Experiment experiment, Scale scale) {
    Path folder =
        out == null ? Path.of("experiments", experiment.name() + (quick ? "-quick" : "")) : out;
    if (quick) {
      streams.err().println("ebt: " + ExperimentPage.QUICK);
    }
    streams.err().println("ebt: the rule: " + experiment.design().rule());
    try (ExperimentJob job =
        ExperimentJob.open(discovery.get(), experiment, scale, folder, workers, parallel)) {
      ExperimentProgress shown = new ExperimentProgress(progress);
      ExperimentResults results;
      try (Interrupt interrupt =
          interrupts.install(
              () -> {
                job.stop();
                shown.print("stopping  the runs in progress are saved");
              })) {
        results = job.train(shown);
        if (interrupt.requested() || results.isUnfinished()) {
          return unfinished(interrupt.requested(), folder);
        }
      } finally {
        shown.end();
      }
      ExperimentReport report = job.judge(results);
      return print(report, book == null ? folder : book);
    }
  }

  private int unfinished(boolean stopped, Path folder) {
    streams
        .err()
        .printf(
            Locale.ROOT,
            "%s; everything is saved. Continue with:%n  ./ebt experiment %s%s%s%s%s%s%n",
            stopped ? "Stopped" : "Some runs are unfinished, see " + folder + "/logs",
            ShellWord.of(Path.of(name)),
            quick ? " --quick" : "",
            out == null ? "" : " --out " + ShellWord.of(out),
            book == null ? "" : " --book " + ShellWord.of(book),
            parallel == 1 ? "" : " --parallel " + parallel,
            global.pluginOptions());
    return stopped ? INTERRUPTED : 1;
  }

  private int print(ExperimentReport report, Path place) {
    Map<String, byte[]> files = ExperimentPage.files(report, global.pluginOptions());
    files.forEach((file, content) -> WrittenFile.write(place.resolve(file), content));
    if (json.given()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("experiment", report.experiment().name());
      document.put("quick", quick);
      document.put("outcome", report.finding().outcome().words());
      document.put("finding", report.finding().sentence());
      document.put("files", files.keySet().stream().map(f -> place.resolve(f).toString()).toList());
      document.putAll(SweepDocument.of(report.results()));
      report.further().ifPresent(runs -> document.put("further", SweepDocument.of(runs)));
      JsonOption.print(document, streams.out());
      return 0;
    }
    streams.out().println(ExperimentPage.verdict(report));
    files.keySet().forEach(file -> streams.out().println(place.resolve(file)));
    return 0;
  }
}
