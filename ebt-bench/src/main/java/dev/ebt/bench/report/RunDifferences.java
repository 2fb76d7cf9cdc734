package dev.ebt.bench.report;

import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.run.TrainedModel;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings in which runs differ, and the differences that make a comparison unfair. */
public final class RunDifferences {
  /** The ratio above which numbers of parameters count as different. */
  private static final double ALIKE = 1.02;

  private static final String ABSENT = "-";

  private static final List<String> PARTS = List.of("modality", "data", "objective", "optimizer");

  private final List<RunFacts> runs = new ArrayList<>();

  /**
   * Adds a run.
   *
   * @param written the configuration of the run, without the overrides of an evaluation
   * @throws UserException if its data cannot be read
   */
  public void add(Catalog catalog, String run, RunConfiguration written, TrainedModel model) {
    runs.add(RunFacts.of(catalog, run, written, model));
  }

  /** Returns a line for each differing setting: its path and the value of each run. */
  List<Map<String, Object>> lines() {
    Set<String> paths = new TreeSet<>();
    runs.forEach(run -> paths.addAll(run.settings().keySet()));
    paths.removeIf(path -> values(path).distinct().count() < 2 || ofOneRunAlone(path));
    List<Map<String, Object>> lines = new ArrayList<>();
    for (String path : paths) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("setting", path);
      runs.forEach(run -> line.put(run.run(), run.heeds(path) ? value(run, path) : ABSENT));
      lines.add(line);
    }
    return lines;
  }

  private Stream<String> values(String path) {
    return runs.stream().filter(run -> run.heeds(path)).map(run -> value(run, path));
  }

  private static String value(RunFacts run, String path) {
    return run.settings().getOrDefault(path, ABSENT);
  }

  /**
   * Returns true if the setting belongs to a part that only one run has: such settings cannot be
   * compared.
   */
  private boolean ofOneRunAlone(String path) {
    int dot = path.indexOf('.');
    String part = dot < 0 ? path : path.substring(0, dot);
    String setting = path.substring(dot + 1);
    if (setting.equals("name") || values(part + ".name").distinct().count() < 2) {
      return false;
    }
    return part.equals("model")
        ? runs.stream().anyMatch(run -> !run.lasting().contains(setting))
        : PARTS.contains(part);
  }

  /** Returns a sentence for each difference that makes a comparison unfair. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    unequal("learning rates", run -> PlainText.number(run.rate()), warnings);
    unequal("numbers of updates", run -> number(run.updates()), warnings);
    unequal("rows per update", RunFacts::rows, warnings);
    if (differ(run -> run.trainedOn())) {
      warnings.add("not trained on the same data (or in the same windows, pictures, tokens)");
    }
    if (differ(RunFacts::judgedBy)) {
      warnings.add(
          "not evaluated on the same data (or in the same windows, pictures, tokens): losses"
              + " cannot be compared"
              + (differ(RunFacts::judgedFrom)
                  ? "; --data evaluates all runs on the same data"
                  : ""));
    }
    long most = runs.stream().mapToLong(RunFacts::parameters).max().orElse(1);
    long fewest = runs.stream().mapToLong(RunFacts::parameters).min().orElse(1);
    if (most > ALIKE * fewest) {
      unequal("numbers of parameters", run -> number(run.parameters()), warnings);
    }
    return warnings;
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private boolean differ(Function<RunFacts, Object> of) {
    return runs.stream().map(of).distinct().count() > 1;
  }

  private void unequal(String what, Function<RunFacts, Object> of, List<String> warnings) {
    if (differ(of)) {
      warnings.add(
          runs.stream()
              .map(run -> run.run() + " " + of.apply(run))
              .collect(Collectors.joining(", ", "unequal " + what + ": ", "")));
    }
  }

  /** Prints the settings to one stream and the warnings to another. */
  public void print(PrintStream out, PrintStream err) {
    List<Map<String, Object>> lines = lines();
    if (!lines.isEmpty()) {
      out.println("Settings that differ:");
      MetricTable.print(lines.stream().map(RunDifferences::printable).toList(), out);
      out.println();
    }
    warn(err);
  }

  private static Map<String, Object> printable(Map<String, Object> line) {
    Map<String, Object> printable = new LinkedHashMap<>(line);
    printable.replaceAll((name, value) -> PlainText.oneLine(value.toString()));
    return printable;
  }

  /** Prints the warnings and the command for a fair comparison. */
  public void warn(PrintStream err) {
    List<String> warnings = warnings();
    warnings.forEach(warning -> err.println("ebt: warning: " + warning));
    if (!warnings.isEmpty() && differ(RunFacts::model)) {
      err.println(
          "ebt: './ebt train --like RUN --model NAME' trains another model as RUN was trained");
    }
  }

  /** Returns the differences by names, for JSON. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("compared", runs.stream().map(RunFacts::document).toList());
    document.put("settingsThatDiffer", lines());
    document.put("warnings", warnings());
    return document;
  }
}
