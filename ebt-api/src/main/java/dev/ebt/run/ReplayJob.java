package dev.ebt.run;

import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.plugin.Catalog;
import dev.ebt.store.JsonLinesTail;
import dev.ebt.store.RunDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The repetition of a run from its configuration in a new folder, to see whether its numbers can be
 * reproduced. It begins with the first update, also where the run was resumed.
 */
public final class ReplayJob implements AutoCloseable {
  private final TrainingJob job;
  private final long updates;
  private final List<Map<String, Object>> recorded;
  private final List<Provenance.Change> changes;
  private final List<String> notes;

  private ReplayJob(
      TrainingJob job,
      long updates,
      List<Map<String, Object>> recorded,
      List<Provenance.Change> changes,
      List<String> notes) {
    this.job = job;
    this.updates = updates;
    this.recorded = recorded;
    this.changes = List.copyOf(changes);
    this.notes = List.copyOf(notes);
  }

  /**
   * The outcome of a repetition.
   *
   * @param updates the updates that were repeated
   * @param wanted the updates to repeat
   * @param comparison the comparison of the metrics up to there
   */
  public record Outcome(long updates, long wanted, MetricsComparison comparison) {
    /** Returns whether all updates were repeated, not interrupted. */
    public boolean complete() {
      return updates >= wanted;
    }

    /** Returns whether it is complete, there are lines to compare, and all of them agree. */
    public boolean agrees() {
      return complete() && comparison.lines() > 0 && comparison.first() == null;
    }
  }

  /**
   * Prepares the repetition of a run.
   *
   * @param out the folder of the new run; one with a free name beside the run if null
   * @param updates the first updates to repeat; 0 for all that the run has recorded
   * @throws UserException if there is no such run, it has no metrics, or its parts do not work
   */
  public static ReplayJob of(Catalog catalog, Path run, @Nullable Path out, long updates) {
    RunDirectory directory = RunDirectory.read(run);
    List<Map<String, Object>> recorded = recorded(directory.metricsFile());
    long last = recorded.stream().mapToLong(ReplayJob::step).max().orElse(0);
    if (last == 0) {
      throw new UserException(
          run + " has no metrics to compare with: metrics.jsonl is missing or has no update");
    }
    long wanted = updates == 0 ? last : Math.min(updates, last);
    Path folder = out == null ? RunNames.free(sibling(run)) : out;
    TrainingJob job = TrainingJob.repeat(catalog, run, folder);
    try {
      List<Map<String, Object>> beginnings = directory.history().beginnings();
      List<String> notes = new ArrayList<>();
      List<Provenance.Change> changes = new ArrayList<>();
      if (beginnings.isEmpty()) {
        notes.add("the run has no recorded provenance: it is of an older version of ebt");
      } else {
        Map<String, Object> first = new LinkedHashMap<>(beginnings.get(0));
        // The notes below are about these.
        first.remove("configuration");
        first.remove(Provenance.PROCESSES);
        changes.addAll(Provenance.changes(first, Provenance.of(job.parts())));
        notes.addAll(resumptions(beginnings));
        sharing(beginnings).ifPresent(notes::add);
      }
      return new ReplayJob(job, wanted, recorded, changes, notes);
    } catch (RuntimeException | Error e) {
      job.close();
      throw e;
    }
  }

  /** Returns the folder beside the run, also of one that is the present folder. */
  private static Path sibling(Path run) {
    Path name = Path.of(RunNames.last(run) + "-replay");
    Path named = run.normalize();
    return named.toString().isEmpty() || named.endsWith("..")
        ? run.toAbsolutePath().normalize().resolveSibling(name)
        : named.resolveSibling(name);
  }

  /** Returns notes about resumptions with other settings, which this cannot repeat. */
  private static List<String> resumptions(List<Map<String, Object>> beginnings) {
    List<String> notes = new ArrayList<>();
    Set<Object> configurations = new LinkedHashSet<>();
    for (Map<String, Object> beginning : beginnings) {
      if (configurations.add(beginning.get("configuration")) && configurations.size() > 1) {
        notes.add(
            "the run was resumed after update "
                + beginning.get("step")
                + " with other settings; those of its config.yaml, the last ones, are used from"
                + " the first update on");
      }
    }
    return notes;
  }

  /** Returns a note about a run that several processes have shared, which one repeats. */
  private static Optional<String> sharing(List<Map<String, Object>> beginnings) {
    return beginnings.stream()
        .map(beginning -> String.valueOf(beginning.getOrDefault(Provenance.PROCESSES, "1")))
        .filter(processes -> !processes.equals("1"))
        .findFirst()
        .map(
            processes ->
                processes
                    + " processes have shared the run and one repeats it, with the same rows and"
                    + " random numbers: the numbers agree up to the rounding of sums, which grows"
                    + " with the updates; --tolerance allows for that");
  }

  private static List<Map<String, Object>> recorded(Path file) {
    return JsonLinesTail.all(file).stream()
        .filter(line -> line.get("step") instanceof Number)
        .toList();
  }

  private static long step(Map<String, Object> line) {
    return ((Number) Required.of(line, "step")).longValue();
  }

  /** Returns the training that repeats the run. */
  public TrainingJob training() {
    return job;
  }

  /** Returns the number of updates that will be repeated. */
  public long updates() {
    return updates;
  }

  /** Returns the differences to what was recorded about the run, which may change its numbers. */
  public List<Provenance.Change> changes() {
    return changes;
  }

  /** Returns what else limits the comparison, one line each. */
  public List<String> notes() {
    return notes;
  }

  /**
   * Trains and compares.
   *
   * @param tolerance the relative difference up to which values agree; 0 for the same numbers
   */
  public Outcome run(TrainingListener listener, double tolerance) {
    TrainingJob.Outcome outcome = job.runUntil(updates, listener);
    List<Map<String, Object>> repeated =
        recorded(RunDirectory.read(job.training().path()).metricsFile());
    return new Outcome(
        outcome.step(), updates, MetricsComparison.of(recorded, repeated, tolerance));
  }

  /** Frees the parts of the training. */
  @Override
  public void close() {
    job.close();
  }
}
