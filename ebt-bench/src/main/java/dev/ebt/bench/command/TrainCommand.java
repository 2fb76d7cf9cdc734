package dev.ebt.bench.command;

import dev.ebt.backend.Cluster;
import dev.ebt.bench.cluster.LocalProcesses;
import dev.ebt.bench.cluster.ParentProcess;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.progress.ProgressLines;
import dev.ebt.bench.report.TrainingConsole;
import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.interact.EvaluationCatalog;
import dev.ebt.interact.Interactions;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.ResolvedConfiguration;
import dev.ebt.run.DataOverride;
import dev.ebt.run.FollowingJob;
import dev.ebt.run.SharedBatches;
import dev.ebt.run.TrainingJob;
import dev.ebt.run.TrainingRequest;
import dev.ebt.store.Checkpoints;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that trains a model, or resumes a training. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Train a model; without arguments, a small one on built-in text.",
    description = {
      "",
      "Ctrl-C saves and prints how to resume; a second one ends at once. A run is a"
          + " directory:",
      "config.yaml, metrics.jsonl, checkpoints/.",
      "",
      "  ./ebt train                                     built-in brackets and sums, a few minutes",
      "  ./ebt train --data book.txt --out runs/book     any UTF-8 file, folder, .jsonl; .gz too",
      "  ./ebt train --recipe denoise                    images; --data takes a folder, MNIST,"
          + " CIFAR-10",
      "  ./ebt train --recipe dit                        the same images for the diffusion"
          + " baseline",
      "  ./ebt train --recipe generate                   class-conditional image generation",
      "  ./ebt train --recipe video --data clips/        the next frame of GIFs, folders of frames",
      "  ./ebt train --like runs/book --model transformer    a baseline that matches a run",
      "  ./ebt train --resume runs/book",
      "  ./ebt train --processes 2                       the rows of an update on two processes",
      "  ./ebt train --cluster host1:7000,host2:7000 --rank 0    and --rank 1 on host2",
      "  ./ebt train --from runs/book --task gsm8k=train.jsonl    on answers only",
      "  ./ebt train --recipe s2 --data book.txt --set model.size=xxs    as published",
      "  ./ebt train my.yaml --set model.width=256       see ebt init",
      ""
    })
public final class TrainCommand implements Callable<Integer> {
  private static final Origin SHARED = Origin.option("the number of processes");

  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;
  private final GlobalOptions global;
  private final ProgressLines progress;
  private final Interrupts interrupts;
  private final ParentProcess parent = new ParentProcess();

  @Parameters(
      arity = "0..1",
      paramLabel = "CONFIG",
      description = "A YAML file that overrides the recipe; 'ebt init' writes one.")
  private @Nullable Path file;

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      description = "The base configuration; see below.")
  private @Nullable String recipe;

  @Mixin private DataOption data;

  @Mixin private TaskOption task;

  @Mixin private FromOption from;

  @Mixin private LikeOption like;

  @Option(names = "--out", paramLabel = "DIR", description = "The directory of the new run.")
  private @Nullable Path out;

  @Option(names = "--resume", paramLabel = "DIR", description = "Resumes this run.")
  private @Nullable Path resume;

  @Option(
      names = "--resume-latest-good",
      paramLabel = "DIR",
      description = "Resumes this run from its latest checkpoint that is not damaged.")
  private @Nullable Path resumeLatestGood;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "With --resume: latest, latest-good, best, or a step (latest).")
  private @Nullable String checkpoint;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Overrides a setting, such as training.steps=1000.")
  private List<String> assignments = List.of();

  @Option(names = "--backend", paramLabel = "NAME", description = "The backend (tensorflow).")
  private @Nullable String backend;

  @Option(
      names = "--quick",
      description = "A short test: at most 60 updates and about two minutes.")
  private boolean quick;

  @Mixin private ProcessOptions processes;

  @Mixin private JsonOption json;

  @Spec private CommandSpec spec;

  @Inject
  TrainCommand(
      StandardStreams streams,
      Supplier<Catalog> discovery,
      GlobalOptions global,
      ProgressLines progress,
      Interrupts interrupts) {
    this.streams = streams;
    this.discovery = discovery;
    this.global = global;
    this.progress = progress;
    this.interrupts = interrupts;
  }

  @Override
  public Integer call() {
    parent.watch();
    Catalog catalog = discovery.get();
    int count = processes.toStart();
    if (count > 1) {
      return start(count);
    }
    if (resume != null && resumeLatestGood == null) {
      return resume(catalog, resume, checkpoint);
    }
    if (resumeLatestGood != null && resume == null && checkpoint == null) {
      return resume(catalog, resumeLatestGood, Checkpoints.LATEST_GOOD);
    }
    if (resumeLatestGood != null) {
      throw new UserException(
          "--resume-latest-good names the run and chooses its checkpoint; remove --resume and"
              + " --checkpoint");
    }
    if (checkpoint != null) {
      throw new UserException("--checkpoint needs --resume");
    }
    if (like.given() && (recipe != null || file != null || othersGiven())) {
      throw new UserException(
          "--like uses the configuration of the run; remove CONFIG, --recipe, --data,"
              + " --field, --task and --from");
    }
    TrainingRequest request = request();
    ResolvedConfiguration resolved = resolved(catalog, request);
    Cluster cluster = processes.cluster(System.getenv()).orElse(null);
    if (cluster != null) {
      request = SharedBatches.share(catalog, request, resolved, cluster.size(), SHARED);
      resolved = request.resolve(catalog);
    }
    if (cluster != null && cluster.rank() > 0) {
      return follow(FollowingJob.begin(catalog, request, resolved, cluster));
    }
    try (TrainingJob job = TrainingJob.begin(catalog, request, resolved, cluster)) {
      return run(job);
    }
  }

  /** Trains as a process that is not the first, which prints everything. */
  private int follow(FollowingJob job) {
    parent.whenEnded(job::stop);
    try (job;
        Interrupt interrupt = interrupts.install(job::stop)) {
      job.run();
      return 0;
    }
  }

  /** Trains with several processes, of which the first handles Ctrl-C as this one would. */
  private int start(int count) {
    List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
    try (Interrupt handled = interrupts.installForKeyboard()) {
      return new LocalProcesses(streams.err()).run(count, ProcessOptions.without(arguments));
    }
  }

  private boolean othersGiven() {
    return data.given() || task.isGiven() || from.run() != null;
  }

  private TrainingRequest request() {
    Overrides own = Overrides.parse(assignments);
    if (recipe == null && file == null && !like.given() && from.run() == null) {
      data.requireText(discovery.get(), own);
    }
    TrainingRequest plain =
        TrainingRequest.of(recipe, file).withData(data()).withWeightsOf(from.run());
    return like.request(plain)
        .withQuick(quick)
        .withOptions(options())
        .withOverrides(own)
        .withOut(out);
  }

  private @Nullable DataOverride data() {
    if (!task.isGiven()) {
      return data.data().orElse(null);
    }
    if (data.given()) {
      throw new UserException("--task and --data exclude each other; use one of them");
    }
    EvaluationCatalog evaluations = EvaluationCatalog.of(discovery.get());
    return task.single(evaluations.tasks()).data(evaluations);
  }

  private Overrides options() {
    return backend == null
        ? Overrides.none()
        : Overrides.of(
            Assignment.of("backend.name", backend, Origin.option("--backend " + backend)));
  }

  private ResolvedConfiguration resolved(Catalog catalog, TrainingRequest request) {
    try {
      return request.resolve(catalog);
    } catch (UserException e) {
      if (file == null || data.given() || file.toString().matches(".*\\.(ya?ml|json)")) {
        throw e;
      }
      throw new UserException(
          e.getMessage() + ". If it is your data: --data " + ShellWord.of(file), e);
    }
  }

  private int resume(Catalog catalog, Path path, @Nullable String name) {
    if (file != null || recipe != null || othersGiven() || like.given() || quick || out != null) {
      throw new UserException(
          (resume == null ? "--resume-latest-good" : "--resume")
              + " uses the configuration of the run; remove CONFIG, --recipe, --data,"
              + " --field, --task, --from, --like, --quick and --out");
    }
    TrainingRecord.check(discovery, path);
    Overrides changes = options().yieldingTo(Overrides.parse(assignments));
    Cluster cluster = processes.cluster(System.getenv()).orElse(null);
    if (cluster != null) {
      changes = SharedBatches.share(catalog, path, changes, cluster.size(), SHARED);
    }
    if (cluster != null && cluster.rank() > 0) {
      return follow(FollowingJob.resume(catalog, path, changes, cluster));
    }
    try (TrainingJob job = TrainingJob.resume(catalog, path, name, changes, cluster)) {
      if (job.training().done() == 0) {
        streams.err().println("ebt: no checkpoint in " + path + ": the run starts again");
      }
      return run(job);
    }
  }

  private int run(TrainingJob job) {
    parent.whenEnded(job::stop);
    TrainingConsole console = new TrainingConsole(job, Interactions.of(discovery.get()), progress);
    console.begin();
    TrainingJob.Outcome outcome;
    try (Interrupt interrupt =
        interrupts.install(
            () -> {
              job.stop();
              console.stopping();
            })) {
      outcome = job.run(console, console::sample);
    } finally {
      console.end();
    }
    return new TrainingSummary(streams, discovery.get(), global.pluginOptions())
        .print(job.training(), outcome, json.given());
  }
}
