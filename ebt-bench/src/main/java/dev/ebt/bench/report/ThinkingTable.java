package dev.ebt.bench.report;

import dev.ebt.modality.Modality;
import dev.ebt.run.RunParts;
import dev.ebt.think.Evaluation;
import dev.ebt.think.Predictor;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Loss, energy and the modality's own figures against the effort of thinking, as a table. */
public final class ThinkingTable {
  private static final int ROWS = 16;
  private static final int EXAMPLES = 160;

  private ThinkingTable() {}

  /** Evaluates a just trained model: from no step on. */
  public static void print(RunParts parts, PrintStream out) {
    int rows = Math.min(ROWS, parts.dataset().validation().size());
    try (Predictor predictor = parts.predictor(rows)) {
      List<Evaluation.Result> results =
          new Evaluation(predictor, parts.modality(), rows)
              .evaluate(
                  parts.dataset().validation(),
                  EXAMPLES,
                  parts.steps().trained(),
                  parts.configuration().seed());
      print(parts.modality(), parts.dataset().bestLoss(), results, out);
    }
  }

  /**
   * Prints results.
   *
   * @param best the least loss that any model can have, if it is known
   */
  public static void print(
      Modality modality, OptionalDouble best, List<Evaluation.Result> results, PrintStream out) {
    List<FigureTable.Row> rows =
        results.stream()
            .map(
                r ->
                    new FigureTable.Row(
                        r.steps(), r.candidates(), r.evaluations(), figures(modality, r)))
            .toList();
    FigureTable.print(rows, results.stream().anyMatch(r -> r.candidates() > 1), out);
    out.printf(Locale.ROOT, "over %,.0f predictions", results.get(0).predictions());
    best.ifPresent(
        loss -> {
          double reached =
              results.stream().mapToDouble(Evaluation.Result::loss).min().orElseThrow();
          out.printf(
              Locale.ROOT,
              "; no model can do better than a loss of %.4f, this one is %.1f %% above",
              loss,
              100 * (reached / loss - 1));
        });
    out.println();
  }

  /** Loss and energy first, then what the modality makes of them. */
  private static Map<String, Double> figures(Modality modality, Evaluation.Result result) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss", result.loss());
    if (result.hasEnergy()) {
      figures.put("energy", result.energy());
    }
    modality.summary(result.means()).forEach(figures::putIfAbsent);
    return figures;
  }
}
