package dev.ebt.experiment;

import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.ReportTable;
import dev.ebt.report.Series;
import dev.ebt.run.BudgetResult;
import dev.ebt.sweep.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Losses and energies of models after several numbers of thinking steps, by model, seed and steps.
 *
 * @param results by model, then seed, then number of steps; one candidate
 */
public record LossesBySteps(Map<String, Map<String, Map<Integer, BudgetResult>>> results) {
  /**
   * Evaluates the finished runs of models that think.
   *
   * @param name of the value that tells models apart
   * @param models the values of these models
   * @param steps ascending, each at least 0
   * @param rows the maximum number of validation examples
   */
  public static LossesBySteps of(
      ExperimentResults all, String name, List<String> models, List<Integer> steps, int rows) {
    Map<String, Map<String, Map<Integer, BudgetResult>>> results = new LinkedHashMap<>();
    for (String model : models) {
      Map<String, Map<Integer, BudgetResult>> bySeed = new LinkedHashMap<>();
      for (Map.Entry<String, RunResult> run : all.bySeed(name, model).entrySet()) {
        Map<Integer, BudgetResult> bySteps = new LinkedHashMap<>();
        all.evaluate(run.getValue(), request -> request.withSteps(steps).withLimit(rows))
            .results()
            .forEach(result -> bySteps.put(result.steps(), result));
        bySeed.put(run.getKey(), bySteps);
      }
      results.put(model, bySeed);
    }
    return new LossesBySteps(results);
  }

  /** Returns a number of each seed of a model that was evaluated, in the order of the seeds. */
  public double[] each(String model, ToDoubleFunction<Map<Integer, BudgetResult>> number) {
    return results.getOrDefault(model, Map.of()).values().stream().mapToDouble(number).toArray();
  }

  /**
   * Returns the loss of each seed after some steps.
   *
   * @throws IllegalArgumentException if they were not evaluated
   */
  public double[] losses(String model, int steps) {
    return each(model, bySteps -> result(bySteps, steps).loss());
  }

  /**
   * Returns the energy of each seed after some steps, NaN for a model without one.
   *
   * @throws IllegalArgumentException if they were not evaluated
   */
  public double[] energies(String model, int steps) {
    return each(model, bySteps -> result(bySteps, steps).energy().orElse(Double.NaN));
  }

  private static BudgetResult result(Map<Integer, BudgetResult> bySteps, int steps) {
    BudgetResult result = bySteps.get(steps);
    if (result == null) {
      throw new IllegalArgumentException(steps + " steps were not evaluated");
    }
    return result;
  }

  /** Returns the table of means over seeds. */
  public ReportTable table() {
    List<List<String>> rows = new ArrayList<>();
    results.forEach(
        (model, bySeed) ->
            steps(bySeed)
                .forEach(
                    steps ->
                        rows.add(
                            List.of(
                                model,
                                Integer.toString(steps),
                                SeedValues.text(losses(model, steps)),
                                SeedValues.text(energies(model, steps))))));
    return new ReportTable(
        "Loss and energy by thinking steps",
        "Means over seeds with 95 % intervals.",
        List.of("model", "steps", "loss", "energy"),
        rows);
  }

  private static List<Integer> steps(Map<String, Map<Integer, BudgetResult>> bySeed) {
    return bySeed.values().stream()
        .findFirst()
        .map(bySteps -> List.copyOf(bySteps.keySet()))
        .orElse(List.of());
  }

  /**
   * Returns the chart of mean losses.
   *
   * @param unit of a loss, such as {@code nats}; may be empty
   */
  public Chart chart(String unit) {
    List<Series> series = new ArrayList<>();
    results.forEach(
        (model, bySeed) -> {
          List<Integer> steps = steps(bySeed);
          series.add(
              Series.marked(
                  model,
                  steps.stream().mapToDouble(Integer::doubleValue).toArray(),
                  steps.stream().mapToDouble(n -> SeedValues.mean(losses(model, n))).toArray()));
        });
    return new Chart(
        "loss-by-steps",
        "Loss by thinking steps",
        "Means over seeds.",
        Axis.of("steps"),
        Axis.of("loss", unit),
        series);
  }
}
