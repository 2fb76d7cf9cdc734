package dev.ebt.bench.report;

import dev.ebt.modality.Examples;
import dev.ebt.run.RunParts;
import dev.ebt.think.Evaluation;
import dev.ebt.think.Predictor;
import dev.ebt.think.WeightedMeans;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Several models, or one by several levels of noise, in one table: what each number of steps and of
 * candidates costs, and what it brings.
 */
public final class Comparison {
  private final List<Row> rows = new ArrayList<>();

  /**
   * A line.
   *
   * @param noise the level, if levels are compared
   * @param evaluations of the model per prediction
   * @param seconds of thinking for all predictions, judging and reading left out
   */
  private record Row(
      String run,
      @Nullable Double noise,
      int steps,
      int candidates,
      int evaluations,
      double seconds,
      Map<String, Double> figures) {}

  /**
   * Judges a model by its validation data.
   *
   * @param rowsTogether examples at a time
   * @param limit examples at most
   */
  public void add(
      String run,
      @Nullable Double noise,
      RunParts parts,
      Evaluation.Effort effort,
      int rowsTogether,
      int limit) {
    Examples examples = parts.dataset().validation();
    int together = Math.min(rowsTogether, Math.min(limit, examples.size()));
    Map<List<Integer>, WeightedMeans> means = new LinkedHashMap<>();
    Map<List<Integer>, Double> seconds = new LinkedHashMap<>();
    try (Predictor predictor = parts.predictor(together)) {
      Evaluation evaluation = new Evaluation(predictor, parts.modality(), together);
      evaluation.walk(
          examples,
          limit,
          effort,
          parts.configuration().seed(),
          judged -> {
            List<Integer> key = List.of(judged.steps(), judged.candidates());
            means
                .computeIfAbsent(key, k -> new WeightedMeans())
                .add(judged.figures(), judged.weight());
            seconds.merge(key, judged.seconds(), Double::sum);
          });
      means.forEach(
          (key, sums) ->
              rows.add(
                  new Row(
                      run,
                      noise,
                      key.get(0),
                      key.get(1),
                      evaluation.evaluations(key.get(0), key.get(1)),
                      seconds.get(key),
                      parts.modality().summary(sums.means()))));
    }
  }

  /** Prints all lines. */
  public void print(PrintStream out) {
    int widest = rows.stream().mapToInt(row -> row.run().length()).max().orElse(0);
    boolean levels = rows.stream().anyMatch(row -> row.noise() != null);
    boolean choice = rows.stream().anyMatch(row -> row.candidates() > 1);
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.figures().keySet()));
    StringBuilder head = new StringBuilder("run" + " ".repeat(Math.max(0, widest - 3)));
    head.append(levels ? "   noise" : "").append("   steps").append(choice ? "  candidates" : "");
    head.append("  evaluations     seconds");
    names.forEach(name -> head.append(String.format("  %10s", name)));
    out.println(head);
    for (Row row : rows) {
      StringBuilder line = new StringBuilder(row.run());
      line.append(" ".repeat(Math.max(0, widest - line.length())));
      line.append(levels ? String.format(Locale.ROOT, "%8s", row.noise()) : "");
      line.append(String.format(Locale.ROOT, "%8d", row.steps()));
      line.append(choice ? String.format(Locale.ROOT, "%12d", row.candidates()) : "");
      line.append(String.format(Locale.ROOT, "%13d%12.3f", row.evaluations(), row.seconds()));
      for (String name : names) {
        Double value = row.figures().get(name);
        line.append("  ").append(value == null ? " ".repeat(10) : FigureTable.number(value, 10));
      }
      out.println(line);
    }
  }

  /** The same as data. */
  public List<Map<String, Object>> document() {
    List<Map<String, Object>> document = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("run", row.run());
      if (row.noise() != null) {
        line.put("noise", row.noise());
      }
      line.put("steps", row.steps());
      line.put("candidates", row.candidates());
      line.put("evaluations", row.evaluations());
      line.put("seconds", row.seconds());
      line.putAll(row.figures());
      document.add(line);
    }
    return document;
  }
}
