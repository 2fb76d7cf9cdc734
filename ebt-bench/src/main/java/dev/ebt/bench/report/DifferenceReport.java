package dev.ebt.bench.report;

import dev.ebt.config.PlainNumber;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.run.RunDifferences;
import dev.ebt.run.RunFacts;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The differences of runs as text or JSON. */
public record DifferenceReport(RunDifferences differences) {
  /** Returns a line for each differing setting: its path and the value of each run. */
  private List<Map<String, Object>> lines() {
    return differences.settings().stream()
        .map(
            setting -> {
              Map<String, Object> line = new LinkedHashMap<>();
              line.put("setting", setting.path());
              setting
                  .values()
                  .forEach((run, value) -> line.put(BundledModelFolders.given(run), value));
              return line;
            })
        .toList();
  }

  /** Returns a sentence for each difference that makes a comparison unfair. */
  private List<String> warnings() {
    return differences.unfairness().stream().map(this::warning).toList();
  }

  private String warning(RunDifferences.Unfairness kind) {
    return switch (kind) {
      case LEARNING_RATES -> unequal("learning rates", run -> PlainNumber.of(run.learningRate()));
      case UPDATES -> unequal("numbers of updates", run -> number(run.updates()));
      case ROWS_PER_UPDATE -> unequal("rows per update", run -> Long.toString(run.rowsPerUpdate()));
      case TRAINING_DATA -> "not trained on the same data (or in the same windows, images, tokens)";
      case EVALUATION_DATA ->
          "not evaluated on the same data (or in the same windows, images, tokens): losses"
              + " cannot be compared"
              + (differences.differ(RunFacts::evaluatedFrom)
                  ? "; --data evaluates all runs on the same data"
                  : "");
      case PARAMETERS -> unequal("numbers of parameters", run -> number(run.parameters()));
    };
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private String unequal(String what, Function<RunFacts, String> of) {
    return differences.runs().stream()
        .map(run -> BundledModelFolders.given(run.run()) + " " + of.apply(run))
        .collect(Collectors.joining(", ", "unequal " + what + ": ", ""));
  }

  /** Prints the settings to one stream and the warnings to another. */
  public void print(PrintStream out, PrintStream err) {
    List<Map<String, Object>> lines = lines();
    if (!lines.isEmpty()) {
      out.println("Settings that differ:");
      MetricTable.print(lines.stream().map(DifferenceReport::printable).toList(), out);
      out.println();
    }
    warn(err);
  }

  private static Map<String, Object> printable(Map<String, Object> line) {
    Map<String, Object> printable = new LinkedHashMap<>(line);
    printable.replaceAll((name, value) -> ValueFormat.oneLine(value.toString()));
    return printable;
  }

  /** Prints the warnings and the command for a fair comparison. */
  public void warn(PrintStream err) {
    List<String> warnings = warnings();
    warnings.forEach(warning -> err.println("ebt: warning: " + warning));
    if (!warnings.isEmpty() && differences.differ(RunFacts::model)) {
      err.println(
          "ebt: './ebt train --like RUN --model NAME' trains another model as RUN was trained");
    }
  }

  /** Returns the differences by names, for JSON. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("compared", differences.runs().stream().map(DifferenceReport::document).toList());
    document.put("settingsThatDiffer", lines());
    document.put("warnings", warnings());
    return document;
  }

  private static Map<String, Object> document(RunFacts run) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", BundledModelFolders.given(run.run()));
    document.put("model", run.model());
    document.put("parameters", run.parameters());
    document.put("step", run.updates());
    document.put("rowsPerUpdate", run.rowsPerUpdate());
    document.put("learningRate", run.learningRate());
    return document;
  }
}
