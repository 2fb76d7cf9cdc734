package dev.ebt.experiment;

import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.store.DurableFiles;
import dev.ebt.store.RunDirectory;
import dev.ebt.sweep.PlannedRun;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An experiment with its folder, in which its runs are a sweep: it is continued after a kill, and
 * no finished run is repeated.
 */
public final class ExperimentJob implements AutoCloseable {
  private static final String DESIGN = "design.txt";

  private final Catalog catalog;
  private final Experiment experiment;
  private final Scale scale;
  private final SweepFolder folder;
  private final SweepJob sweep;

  private ExperimentJob(
      Catalog catalog, Experiment experiment, Scale scale, SweepFolder folder, SweepJob sweep) {
    this.catalog = catalog;
    this.experiment = experiment;
    this.scale = scale;
    this.folder = folder;
    this.sweep = sweep;
  }

  /** Returns the runs of an experiment, all checked. */
  public static SweepPlan plan(Catalog catalog, Experiment experiment, Scale scale) {
    SweepPlan.Builder builder = new SweepPlan.Builder();
    for (ExperimentRun run : experiment.runs(scale)) {
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
    SweepPlan plan = plan(catalog, experiment, scale);
    SweepFolder folder;
    if (SweepFolder.isPresent(path)) {
      folder = SweepFolder.open(path);
      folder.checkVersion();
      if (!folder.plan().equals(plan)) {
        throw new UserException(
            path
                + " has other runs than those of experiment '"
                + experiment.name()
                + "'; choose another --out");
      }
    } else {
      folder = SweepFolder.create(path, plan);
    }
    checkDesign(path, experiment);
    return new ExperimentJob(
        catalog, experiment, scale, folder, new SweepJob(folder, workers, parallel));
  }

  /**
   * Keeps the design beside the runs before any of them begins, so that it is known to be older
   * than what it judges.
   *
   * @throws UserException if the runs that are there were begun with another design
   */
  private static void checkDesign(Path path, Experiment experiment) {
    ExperimentDesign design = experiment.design();
    String stated =
        String.join(
            "\n", design.question(), design.design(), design.statistic(), design.rule(), "");
    Path file = path.resolve(DESIGN);
    try {
      if (!Files.exists(file) && !Files.exists(path.resolve("runs"))) {
        DurableFiles.write(file, stated);
      } else if (!Files.exists(file) || !Files.readString(file).equals(stated)) {
        throw new UserException(
            path
                + " was begun with another question, design, statistic or rule of experiment '"
                + experiment.name()
                + "'; choose another --out");
      }
    } catch (IOException e) {
      throw DurableFiles.unwritable(file.toString(), e, "No run has begun.");
    }
  }

  /** Returns the plan of its runs. */
  public SweepPlan plan() {
    return folder.plan();
  }

  /** Returns the updates of all runs that are saved. */
  public long done() {
    return sweep.done();
  }

  /** Asks all trainings to save and end; from any thread. */
  public void stop() {
    sweep.stop();
  }

  /** Trains all runs that are not finished, until they are or {@link #stop} is called. */
  public SweepResults train(SweepListener listener) {
    return sweep.run(listener);
  }

  /** Judges the results. */
  public ExperimentReport judge(SweepResults results) {
    Finding finding = experiment.judge(new ExperimentResults(catalog, scale, results));
    double seconds = folder.plan().runs().stream().mapToDouble(this::seconds).sum();
    return new ExperimentReport(experiment, scale, results, finding, folder.version(), seconds);
  }

  /** Returns the time from each beginning of a training to its end, where that is recorded. */
  private double seconds(PlannedRun run) {
    if (!RunDirectory.isPresent(folder.run(run))) {
      return 0;
    }
    double seconds = 0;
    Instant begun = null;
    for (Map<String, Object> line : RunDirectory.read(folder.run(run)).history().lines()) {
      Optional<Instant> time = time(line);
      if ("begin".equals(line.get("event"))) {
        begun = time.orElse(null);
      } else {
        seconds += between(begun, time);
        begun = null;
      }
    }
    return seconds;
  }

  private static double between(@Nullable Instant begun, Optional<Instant> ended) {
    return begun == null || ended.isEmpty()
        ? 0
        : Duration.between(begun, ended.get()).toMillis() / 1e3;
  }

  private static Optional<Instant> time(Map<String, Object> line) {
    return line.get("time") instanceof String text
        ? Optional.of(Instant.parse(text))
        : Optional.empty();
  }

  /** Lets other programs train the runs. */
  @Override
  public void close() {
    sweep.close();
  }
}
