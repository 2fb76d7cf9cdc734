package dev.ebt.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The settings in which runs differ, and the differences that make a comparison unfair.
 *
 * @param runs the facts about each run
 */
public record RunDifferences(List<RunFacts> runs) {
  /** The text in place of a value that a run does not have. */
  public static final String ABSENT = "-";

  /** The ratio above which numbers of parameters count as different. */
  private static final double ALIKE = 1.02;

  private static final List<String> PARTS = List.of("modality", "data", "objective", "optimizer");

  /** Copies the list. */
  public RunDifferences {
    runs = List.copyOf(runs);
  }

  /**
   * A setting in which runs differ.
   *
   * @param path the path in the configuration, such as {@code training.batch}
   * @param values the value of each run as text
   */
  public record Setting(String path, Map<Path, String> values) {}

  /** A difference that makes a comparison unfair. */
  public enum Unfairness {
    /** Different peak learning rates. */
    LEARNING_RATES,
    /** Different numbers of updates. */
    UPDATES,
    /** Different numbers of rows per update. */
    ROWS_PER_UPDATE,
    /** Different training data, or the same data in other windows, images or tokens. */
    TRAINING_DATA,
    /** Different data of the evaluation, so that losses cannot be compared. */
    EVALUATION_DATA,
    /** Noticeably different numbers of parameters. */
    PARAMETERS
  }

  /**
   * Returns the settings that differ, by path. Settings of a part that only one run has are not.
   */
  public List<Setting> settings() {
    Set<String> paths = new TreeSet<>();
    runs.forEach(run -> paths.addAll(run.settings().keySet()));
    paths.removeIf(path -> values(path).distinct().count() < 2 || isOfOneRunAlone(path));
    List<Setting> settings = new ArrayList<>();
    for (String path : paths) {
      Map<Path, String> values = new LinkedHashMap<>();
      runs.forEach(run -> values.put(run.run(), run.hasEffect(path) ? value(run, path) : ABSENT));
      settings.add(new Setting(path, values));
    }
    return settings;
  }

  private Stream<String> values(String path) {
    return runs.stream().filter(run -> run.hasEffect(path)).map(run -> value(run, path));
  }

  private static String value(RunFacts run, String path) {
    return run.settings().getOrDefault(path, ABSENT);
  }

  private boolean isOfOneRunAlone(String path) {
    int dot = path.indexOf('.');
    String part = dot < 0 ? path : path.substring(0, dot);
    String setting = path.substring(dot + 1);
    if (setting.equals("name") || values(part + ".name").distinct().count() < 2) {
      return false;
    }
    return part.equals("model")
        ? runs.stream().anyMatch(run -> !run.shared().contains(setting))
        : PARTS.contains(part);
  }

  /** Returns the differences that make a comparison unfair. */
  public List<Unfairness> unfairness() {
    return Stream.of(Unfairness.values()).filter(this::applies).toList();
  }

  private boolean applies(Unfairness kind) {
    return switch (kind) {
      case LEARNING_RATES -> differ(RunFacts::learningRate);
      case UPDATES -> differ(RunFacts::updates);
      case ROWS_PER_UPDATE -> differ(RunFacts::rowsPerUpdate);
      case TRAINING_DATA -> differ(RunFacts::trainedOn);
      case EVALUATION_DATA -> differ(RunFacts::evaluatedOn);
      case PARAMETERS -> {
        long most = runs.stream().mapToLong(RunFacts::parameters).max().orElse(1);
        long fewest = runs.stream().mapToLong(RunFacts::parameters).min().orElse(1);
        yield most > ALIKE * fewest;
      }
    };
  }

  /** Returns whether runs differ in a fact. */
  public boolean differ(Function<RunFacts, Object> fact) {
    return runs.stream().map(fact).distinct().count() > 1;
  }
}
