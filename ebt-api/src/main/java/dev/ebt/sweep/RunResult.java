package dev.ebt.sweep;

import dev.ebt.error.UserException;
import dev.ebt.run.RunStatus;
import dev.ebt.store.MetricsHistory;
import dev.ebt.store.RunDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What became of a run, as its folder says.
 *
 * @param run its name
 * @param path its folder
 * @param values what it is compared by
 * @param step the updates that are saved
 * @param metrics the metrics of its last validation, by their names in {@code metrics.jsonl}
 * @param reason of a failure or an early end; empty otherwise
 */
public record RunResult(
    String run,
    Path path,
    Map<String, String> values,
    State state,
    long step,
    Map<String, Double> metrics,
    String reason) {
  private static final String VALIDATION = "validation.";

  /** Copies the maps. */
  public RunResult {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** The states of a run. */
  public enum State {
    /** All updates are done. */
    COMPLETE,
    /** A monitor has ended it. */
    MONITOR,
    /** It was among the worse half of the settings, and was stopped for that. */
    DROPPED,
    /** Its numbers were no longer finite, as they would be again. */
    DIVERGED,
    /** It could not be trained, for a reason that may have gone: it can be trained again. */
    FAILED,
    /** It can be continued. */
    UNFINISHED;

    /** Returns the word for it in tables and JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether nothing is left to train: it is finished, or has diverged. */
    public boolean isOver() {
      return isFinished() || this == DIVERGED;
    }

    /** Returns whether its results count. */
    public boolean isFinished() {
      return this == COMPLETE || this == MONITOR;
    }
  }

  /**
   * Reads the result of a run.
   *
   * @param name its name
   * @param path its folder, where no run need be
   * @param values what it is compared by
   */
  public static RunResult of(String name, Path path, Map<String, String> values) {
    if (!RunDirectory.isPresent(path)) {
      return new RunResult(name, path, values, State.UNFINISHED, 0, Map.of(), "");
    }
    RunStatus status = RunStatus.of(path);
    return new RunResult(
        name, path, values, state(status), status.saved(), validation(path), status.reason());
  }

  /** Reads the result of a run of a sweep; one that could not begin has failed. */
  static RunResult of(SweepFolder folder, PlannedRun run) {
    RunResult read = of(run.name(), folder.run(run), run.values());
    String message = read.state == State.UNFINISHED ? refusal(folder.log(run)) : "";
    return message.isEmpty() ? read : read.as(State.FAILED, message);
  }

  /** Returns why the last process could not begin to train; empty if it could. */
  private static String refusal(Path log) {
    if (!Files.exists(log)) {
      return "";
    }
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
      return last.startsWith(RunWorkers.REFUSED) ? last.substring(RunWorkers.REFUSED.length()) : "";
    } catch (IOException e) {
      throw new UserException("cannot read " + log + ": " + e.getMessage(), e);
    }
  }

  private static State state(RunStatus status) {
    return switch (status.phase()) {
      case COMPLETE -> State.COMPLETE;
      case FAILED -> status.how().equals("diverged") ? State.DIVERGED : State.FAILED;
      case STOPPED -> status.how().equals("monitor") ? State.MONITOR : State.UNFINISHED;
      case TRAINING, DIED, UNKNOWN -> State.UNFINISHED;
    };
  }

  private static Map<String, Double> validation(Path run) {
    return lastValidation(MetricsHistory.read(run.resolve("metrics.jsonl")), Long.MAX_VALUE);
  }

  /** Returns the metrics of the last validation at or before an update; none without one. */
  private static Map<String, Double> lastValidation(MetricsHistory history, long step) {
    Map<String, Double> last = new LinkedHashMap<>();
    for (MetricsHistory.Row row : history.rows()) {
      if (row.step() <= step && row.values().keySet().stream().anyMatch(RunResult::isValidation)) {
        last.clear();
        row.values().forEach((name, value) -> putValidation(last, name, value));
      }
    }
    return last;
  }

  private static boolean isValidation(String metric) {
    return metric.startsWith(VALIDATION);
  }

  private static void putValidation(Map<String, Double> metrics, String name, Double value) {
    if (isValidation(name)) {
      metrics.put(name, value);
    }
  }

  /** Returns this run as its last validation at or before an update has it. */
  RunResult at(long step) {
    Map<String, Double> then =
        lastValidation(MetricsHistory.read(path.resolve("metrics.jsonl")), step);
    return new RunResult(run, path, values, state, this.step, then, reason);
  }

  /** Returns a copy in another state. */
  RunResult as(State other, String why) {
    return new RunResult(run, path, values, other, step, metrics, why);
  }

  /** Returns the value of a metric of the last validation; empty if it is not a finite number. */
  public OptionalDouble value(String metric) {
    Double value = metrics.get(metric);
    return value == null || !Double.isFinite(value)
        ? OptionalDouble.empty()
        : OptionalDouble.of(value);
  }
}
