package dev.ebt.bench.report;

import dev.ebt.predict.ThinkingEffect;
import dev.ebt.run.BudgetResult;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A table of what thinking did, by compute budget. */
final class EffectTable {
  private static final String MOVED = "moved";
  private static final String GAIN = "gain";
  private static final String RANK_CORRELATION = "rankCorrelation";
  private static final String WRONG_LOWER = "wrongLower";

  private EffectTable() {}

  /** Prints the table, its notes, and how often a wrong answer is preferred; nothing if none. */
  static void print(List<BudgetResult> results, PrintStream out) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (BudgetResult result : results) {
      result
          .effect()
          .ifPresent(
              effect -> {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put(MetricTable.STEPS, result.steps());
                line.put(MetricTable.CANDIDATES, result.candidates());
                line.putAll(line(effect));
                line.remove(WRONG_LOWER);
                lines.add(line);
              });
    }
    if (lines.isEmpty()) {
      return;
    }
    MetricTable.printLines(lines, out);
    out.println("moved: distance of a prediction from its initial candidate");
    out.println(
        "rankCorrelation: of energies with losses; 1 if the energy orders predictions as the loss"
            + " does");
    out.println("gain: loss after the first step minus this one; above 0 if further steps help");
    results.stream()
        .flatMap(result -> result.effect().stream())
        .flatMapToDouble(effect -> effect.wrongLower().stream())
        .findFirst()
        .ifPresent(
            share ->
                out.printf(
                    Locale.ROOT,
                    "Another prediction's answer has a lower energy than the right one for %.1f %%"
                        + " of the predictions%n",
                    100 * share));
  }

  /** Returns what thinking did by names, for JSON; what is not known is left out. */
  static Map<String, Object> line(ThinkingEffect effect) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(MOVED, effect.moved());
    effect.rankCorrelation().ifPresent(value -> line.put(RANK_CORRELATION, value));
    effect.gain().ifPresent(value -> line.put(GAIN, value));
    effect.wrongLower().ifPresent(value -> line.put(WRONG_LOWER, value));
    return line;
  }
}
