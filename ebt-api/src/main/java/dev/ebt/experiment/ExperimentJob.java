package dev.ebt.experiment;

import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.store.DurableFiles;
import dev.ebt.sweep.RunWorkers;
import dev.ebt.sweep.SweepFolder;
import dev.ebt.sweep.SweepJob;
import dev.ebt.sweep.SweepListener;
import dev.ebt.sweep.SweepOptions;
import dev.ebt.sweep.SweepPlan;
import dev.ebt.sweep.SweepResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An experiment with its folder, in which its runs are a sweep: it is continued after a kill, and
 * no finished run is repeated. Runs that depend on the results of others are a sweep of their own,
 * in the folder {@code further}.
 */
public final class ExperimentJob implements AutoCloseable {
  private static final String DESIGN = "design.txt";
  private static final String FURTHER = "further";

  private final Catalog catalog;
  private final Experiment experiment;
  private final Scale scale;
  private final SweepFolder folder;
  private final RunWorkers workers;
  private final int parallel;
  private final SweepJob first;
  private volatile SweepJob current;
  private volatile boolean stopping;

  private ExperimentJob(
      Catalog catalog,
      Experiment experiment,
      Scale scale,
      SweepFolder folder,
      RunWorkers workers,
      int parallel) {
    this.catalog = catalog;
    this.experiment = experiment;
    this.scale = scale;
    this.folder = folder;
    this.workers = workers;
    this.parallel = parallel;
    this.first = new SweepJob(folder, workers, parallel);
    this.current = first;
  }

  /** Returns the runs that an experiment begins with, all checked. */
  public static SweepPlan plan(Catalog catalog, Experiment experiment, Scale scale) {
    return plan(catalog, experiment.runs(scale));
  }

  /** Returns the runs that depend on results, all checked; empty if there are none. */
  public static Optional<SweepPlan> further(Experiment experiment, ExperimentResults first) {
    return experiment
        .further(first.scale())
        .map(further -> further.of(first))
        .filter(runs -> !runs.isEmpty())
        .map(runs -> plan(first.catalog(), runs));
  }

  private static SweepPlan plan(Catalog catalog, List<ExperimentRun> runs) {
    SweepPlan.Builder builder = new SweepPlan.Builder();
    for (ExperimentRun run : runs) {
      builder.add(run.values(), run.configuration(catalog));
    }
    return builder.plan(SweepOptions.usual());
  }

  /**
   * Opens the folder of an experiment, which is created if it is not there.
   *
   * @param workers trains the runs
   * @param parallel the runs that are trained at the same time
   * @throws UserException if the runs that are there are of another version or other ones, or
   *     another program trains them
   */
  public static ExperimentJob open(
      Catalog catalog,
      Experiment experiment,
      Scale scale,
      Path path,
      RunWorkers workers,
      int parallel) {
    SweepFolder folder = folder(path, plan(catalog, experiment, scale), experiment);
    checkDesign(path, experiment, scale);
    return new ExperimentJob(catalog, experiment, scale, folder, workers, parallel);
  }

  private static SweepFolder folder(Path path, SweepPlan plan, Experiment experiment) {
    if (!SweepFolder.isPresent(path)) {
      return SweepFolder.create(path, plan);
    }
    SweepFolder folder = SweepFolder.open(path);
    folder.checkVersion();
    if (!folder.plan().equals(plan)) {
      throw new UserException(
          path
              + " has other runs than those of experiment '"
              + experiment.name()
              + "'; choose another --out");
    }
    return folder;
  }

  /**
   * Keeps the design, with what the further runs are, beside the runs before any of them begins, so
   * that it is known to be older than what it judges.
   *
   * @throws UserException if the runs that are there were begun with another design
   */
  private static void checkDesign(Path path, Experiment experiment, Scale scale) {
    ExperimentDesign design = experiment.design();
    List<String> parts =
        new ArrayList<>(
            List.of(design.question(), design.design(), design.statistic(), design.rule()));
    experiment.further(scale).map(FurtherRuns::description).ifPresent(parts::add);
    String stated = String.join("\n", parts) + "\n";
    Path file = path.resolve(DESIGN);
    try {
      if (!Files.exists(file) && !Files.exists(path.resolve("runs"))) {
        DurableFiles.write(file, stated);
      } else if (!Files.exists(file) || !Files.readString(file).equals(stated)) {
        throw new UserException(
            path
                + " was begun with another question, design, statistic, rule or further runs of experiment '"
                + experiment.name()
                + "'; choose another --out");
      }
    } catch (IOException e) {
      throw DurableFiles.unwritable(file.toString(), e, "No run has begun.");
    }
  }

  /** Asks all trainings to save and end, and begins no further ones; from any thread. */
  public void stop() {
    stopping = true;
    current.stop();
  }

  /**
   * Trains all runs that are not finished and then those that depend on them, until all are
   * finished or {@link #stop} is called.
   *
   * @throws UserException if the further runs that are there are other ones than these results give
   */
  public ExperimentResults train(ExperimentListener listener) {
    ExperimentResults results =
        new ExperimentResults(catalog, scale, run(first, folder.plan(), listener));
    if (stopping || results.compared().runs().stream().anyMatch(run -> !run.state().isOver())) {
      return results;
    }
    Optional<SweepPlan> plan = further(experiment, results);
    if (plan.isEmpty()) {
      return results;
    }
    SweepFolder further = folder(folder.path().resolve(FURTHER), plan.get(), experiment);
    try (SweepJob job = new SweepJob(further, workers, parallel)) {
      return results.with(run(job, further.plan(), listener));
    }
  }

  private SweepResults run(SweepJob job, SweepPlan plan, ExperimentListener listener) {
    SweepListener shown = listener.begin(plan, job.done());
    current = job;
    if (stopping) {
      job.stop(); // It was asked to before this job was the current one.
    }
    return job.run(shown);
  }

  /** Judges the results. */
  public ExperimentReport judge(ExperimentResults results) {
    double seconds =
        Stream.concat(Stream.of(results.compared()), results.further().stream())
            .flatMap(each -> each.runs().stream())
            .mapToDouble(run -> TrainingTime.seconds(run.path()))
            .sum();
    return new ExperimentReport(
        experiment,
        scale,
        results.compared(),
        results.further(),
        experiment.judge(results),
        folder.version(),
        seconds);
  }

  /** Lets other programs train the runs. */
  @Override
  public void close() {
    first.close();
  }
}
