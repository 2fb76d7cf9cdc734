package dev.ebt.bench.report;

import static java.util.stream.Collectors.joining;

import dev.ebt.error.Required;
import dev.ebt.modality.NaiveBaseline;
import dev.ebt.run.BudgetResult;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A sentence that compares a model with a naive baseline. */
final class NaiveVerdict {
  private final NaiveBaseline naive;

  /** The metric of the model by number of steps; the best of several candidates. */
  private final Map<Integer, Double> reached = new LinkedHashMap<>();

  /** Creates a verdict from results, without the initial candidates. */
  NaiveVerdict(NaiveBaseline naive, List<BudgetResult> results) {
    this.naive = naive;
    for (BudgetResult result : results) {
      boolean start = results.size() > 1 && result.steps() == 0;
      if (!start) {
        result
            .value(naive.figure())
            .ifPresent(
                value -> reached.merge(result.steps(), value, (a, b) -> better(a, b) > 0 ? a : b));
      }
    }
  }

  private int better(double a, double b) {
    return naive.higherIsBetter() ? Double.compare(a, b) : Double.compare(b, a);
  }

  /**
   * Returns the sentence, in capitals if the model is worse; empty if the model has no such metric.
   */
  String sentence() {
    if (reached.isEmpty()) {
      return "";
    }
    int best =
        reached.keySet().stream()
            .max(Comparator.comparing(reached::get, this::better))
            .orElseThrow();
    List<Integer> worse =
        reached.keySet().stream()
            .filter(steps -> !naive.beatenBy(Required.of(reached, steps)))
            .toList();
    String other =
        String.format(
            Locale.ROOT,
            "%s, which gives %s %.2f",
            naive.description(),
            naive.figure(),
            naive.value());
    String top = String.format(Locale.ROOT, "at best %.2f%s", reached.get(best), after(best));
    if (worse.size() == reached.size()) {
      return "WORSE than " + other + ": " + top;
    }
    return worse.isEmpty()
        ? "better than " + other + ": " + top
        : "better than "
            + other
            + ": "
            + top
            + "; but WORSE"
            + after(worse.stream().map(String::valueOf).collect(joining(", ")));
  }

  private static String after(int steps) {
    return steps == 0 ? "" : after(String.valueOf(steps));
  }

  private static String after(String steps) {
    return " after " + steps + (steps.equals("1") ? " step" : " steps");
  }
}
