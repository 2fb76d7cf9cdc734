package dev.ebt.text.experiment;

import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.Scale;
import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportTable;
import dev.ebt.report.Series;
import dev.ebt.run.BudgetResult;
import dev.ebt.statistics.Bootstrap;
import dev.ebt.statistics.Interval;
import dev.ebt.sweep.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Losses and energies of models after several numbers of thinking steps, by model, seed and steps.
 *
 * @param results by model, then seed, then number of steps; one candidate
 */
record LossesBySteps(Map<String, Map<String, Map<Integer, BudgetResult>>> results) {
  /** Evaluates the finished runs of models that think. */
  static LossesBySteps of(
      ExperimentResults all, String name, List<String> models, List<Integer> steps) {
    int rows = all.scale() == Scale.QUICK ? 16 : SmallBrackets.ROWS;
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
  double[] each(String model, ToDoubleFunction<Map<Integer, BudgetResult>> number) {
    return results.getOrDefault(model, Map.of()).values().stream().mapToDouble(number).toArray();
  }

  /** Returns the loss of each seed after some steps. */
  double[] losses(String model, int steps) {
    return each(model, bySteps -> result(bySteps, steps).loss());
  }

  /** Returns the energy of each seed after some steps. */
  double[] energies(String model, int steps) {
    return each(model, bySteps -> result(bySteps, steps).energy().orElse(Double.NaN));
  }

  private static BudgetResult result(Map<Integer, BudgetResult> bySteps, int steps) {
    BudgetResult result = bySteps.get(steps);
    if (result == null) {
      throw new IllegalArgumentException(steps + " steps were not evaluated");
    }
    return result;
  }

  /** Returns the differences of as many numbers, seed by seed. */
  static double[] minus(double[] first, double[] second) {
    double[] differences = new double[Math.min(first.length, second.length)];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = first[i] - second[i];
    }
    return differences;
  }

  /** Returns an interval as text: {@code 0.021 (0.015 … 0.03)}. */
  static String text(double... values) {
    Optional<Interval> interval = Bootstrap.ofMean(values);
    return interval
        .map(
            i ->
                ReportNumbers.of(i.estimate())
                    + " ("
                    + ReportNumbers.of(i.low())
                    + " … "
                    + ReportNumbers.of(i.high())
                    + ")")
        .orElseGet(() -> values.length == 1 ? ReportNumbers.of(values[0]) : "none");
  }

  /** Returns the table of means over seeds. */
  ReportTable table() {
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
                                text(losses(model, steps)),
                                text(energies(model, steps))))));
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

  /** Returns the chart of mean losses. */
  Chart chart() {
    List<Series> series = new ArrayList<>();
    results.forEach(
        (model, bySeed) -> {
          List<Integer> steps = steps(bySeed);
          series.add(
              Series.marked(
                  model,
                  steps.stream().mapToDouble(Integer::doubleValue).toArray(),
                  steps.stream().mapToDouble(n -> mean(losses(model, n))).toArray()));
        });
    return new Chart(
        "loss-by-steps",
        "Loss by thinking steps",
        "Means over seeds.",
        Axis.of("steps"),
        Axis.of("loss", "nats"),
        series);
  }

  /** Returns the mean; not a number for none. */
  static double mean(double... values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
