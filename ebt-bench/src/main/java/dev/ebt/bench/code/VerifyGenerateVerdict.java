package dev.ebt.bench.code;

import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.SeedValues;
import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.Figure;
import dev.ebt.report.ReportTable;
import dev.ebt.report.Series;
import dev.ebt.statistics.Bootstrap;
import dev.ebt.statistics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The verdict on whether an EBT needs less data than a generator where answers are hard to find and
 * easy to check.
 *
 * @param sizes increasing numbers of training pairs
 * @param hard where answers are hard to find
 * @param easy the control: the other direction, where they are easy to find
 */
record VerifyGenerateVerdict(List<Integer> sizes, LearningCurves hard, LearningCurves easy) {
  /** Returns the finding by the rule of {@link VerifyGenerate}. */
  Finding finding() {
    double[] advantage = advantage(hard);
    double[] control = advantage(easy);
    double[] more = SeedValues.minus(advantage, control);
    NeededData needed = new NeededData(sizes);
    boolean someReached =
        any(hard.ebt(), needed::isReached) || any(hard.generator(), needed::isReached);
    boolean controlIsWithin =
        all(easy.generator(), needed::isWithin) && all(easy.ebt(), needed::isWithin);
    return new Finding(
        someReached
            ? outcome(Bootstrap.ofMean(advantage), Bootstrap.ofMean(more), controlIsWithin)
            : Outcome.CANNOT_TELL,
        "Where answers are hard to find, the generator needs "
            + SeedValues.text(advantage)
            + " more doublings of the data than the EBT for 90 % right answers; where they are easy"
            + " to find, "
            + SeedValues.text(control)
            + "."
            + (someReached ? "" : " Neither reaches 90 % where they are hard to find.")
            + (controlIsWithin
                ? ""
                : " Where they are easy to find, 90 % is not within the sizes of data with every"
                    + " seed of both, so that there is no control."),
        List.of(
            table("Right answers, hard to find", hard),
            chart("right-by-data-hard", "Right answers by data, hard to find", hard),
            table("Right answers, easy to find", easy),
            chart("right-by-data-easy", "Right answers by data, easy to find", easy)));
  }

  private Outcome outcome(
      Optional<Interval> advantage, Optional<Interval> more, boolean controlIsWithin) {
    if (advantage.isEmpty() || more.isEmpty()) {
      return Outcome.CANNOT_TELL;
    }
    if (advantage.get().low() > 0 && controlIsWithin && more.get().low() > 0) {
      return Outcome.HOLDS;
    }
    // Such bounds never favour the sign of the advantage itself, of which every seed has to have
    // the same: whoever needs more than the largest size does not seem to need less than another.
    NeededData needed = new NeededData(sizes);
    boolean tooSmall =
        any(hard.ebt(), needed::isReachedAtOnce)
            || any(hard.generator(), shares -> !needed.isReached(shares));
    boolean lessThanControl = controlIsWithin && !tooSmall && more.get().high() < 0;
    return advantage.get().high() < 0 || lessThanControl
        ? Outcome.DOES_NOT_HOLD
        : Outcome.CANNOT_TELL;
  }

  private static boolean any(double[][] curves, Predicate<double[]> shares) {
    return Arrays.stream(curves).anyMatch(shares);
  }

  private static boolean all(double[][] curves, Predicate<double[]> shares) {
    return Arrays.stream(curves).allMatch(shares);
  }

  /** Returns the doublings of the data that the generator needs more than the EBT, by seed. */
  private double[] advantage(LearningCurves curves) {
    return SeedValues.minus(needed(curves.generator()), needed(curves.ebt()));
  }

  private double[] needed(double[][] shares) {
    return Arrays.stream(shares).mapToDouble(new NeededData(sizes)::logarithm).toArray();
  }

  private ReportTable table(String title, LearningCurves curves) {
    NeededData needed = new NeededData(sizes);
    List<String> columns = new ArrayList<>(List.of("model"));
    sizes.forEach(size -> columns.add(Integer.toString(size)));
    columns.add("pairs for 90 %");
    List<List<String>> rows = new ArrayList<>();
    curves
        .byName()
        .forEach(
            (name, shares) -> {
              List<String> row = new ArrayList<>(List.of(name));
              for (int size = 0; size < sizes.size(); size++) {
                row.add(SeedValues.text(at(shares, size)));
              }
              row.add(
                  String.join(
                      ", ",
                      Arrays.stream(shares)
                          .map(
                              each ->
                                  needed.isReached(each)
                                      ? String.format(
                                          Locale.ROOT, "%.0f", Math.pow(2, needed.logarithm(each)))
                                      : "not reached")
                          .toList()));
              rows.add(row);
            });
    return new ReportTable(
        title,
        "Share of right answers by number of training pairs, as means over seeds with 95 %"
            + " intervals; and the pairs for 90 % of each seed, where the smallest number is at"
            + " most that.",
        columns,
        rows);
  }

  private static double[] at(double[][] shares, int size) {
    return Arrays.stream(shares).mapToDouble(each -> each[size]).toArray();
  }

  private Figure chart(String name, String title, LearningCurves curves) {
    double[] x = sizes.stream().mapToDouble(Integer::doubleValue).toArray();
    List<Series> series = new ArrayList<>();
    for (Map.Entry<String, double[][]> each : curves.byName().entrySet()) {
      double[] means = new double[x.length];
      for (int size = 0; size < means.length; size++) {
        means[size] = SeedValues.mean(at(each.getValue(), size));
      }
      series.add(Series.marked(each.getKey(), x, means));
    }
    return new Chart(
        name,
        title,
        "Means over seeds.",
        Axis.logarithmic("training pairs"),
        Axis.of("right answers"),
        series);
  }
}
