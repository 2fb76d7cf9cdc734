package dev.ebt.bench.sweep;

import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.Series;
import dev.ebt.sweep.SettingResult;
import dev.ebt.sweep.SweepResults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The chart of a sweep: the metric over the first setting whose values are numbers, with a line of
 * means for each combination of the others and a point for each run.
 */
public final class SweepChart {
  /** The ratio of the largest and the smallest value from which the axis is logarithmic. */
  private static final double WIDE = 8;

  private SweepChart() {}

  /** Returns the chart; empty if no setting has at least two numbers, or no run is finished. */
  public static Optional<Chart> of(SweepResults results) {
    List<SettingResult> finished =
        results.settings().stream().filter(each -> !each.bySeed().isEmpty()).toList();
    return results.names().stream()
        .filter(name -> isNumeric(name, finished))
        .findFirst()
        .map(name -> chart(name, finished, results.options().metric()));
  }

  private static boolean isNumeric(String name, List<SettingResult> settings) {
    return settings.stream().allMatch(each -> Double.isFinite(number(each, name)))
        && settings.stream().map(each -> number(each, name)).distinct().count() > 1;
  }

  private static double number(SettingResult each, String name) {
    try {
      return Double.parseDouble(each.setting().getOrDefault(name, ""));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static Chart chart(String name, List<SettingResult> settings, String metric) {
    Map<String, List<SettingResult>> lines = new LinkedHashMap<>();
    settings.stream()
        .sorted(Comparator.comparingDouble(each -> number(each, name)))
        .forEach(
            each -> lines.computeIfAbsent(others(each, name), k -> new ArrayList<>()).add(each));
    List<Series> series = new ArrayList<>();
    lines.forEach(
        (label, line) -> {
          String mean = label.isEmpty() ? "mean" : label;
          series.add(
              Series.marked(
                  mean,
                  line.stream().mapToDouble(each -> number(each, name)).toArray(),
                  line.stream().mapToDouble(SettingResult::average).toArray()));
          if (line.stream().anyMatch(each -> each.bySeed().size() > 1)) {
            series.add(points(label, line, name));
          }
        });
    double least = settings.stream().mapToDouble(each -> number(each, name)).min().orElse(0);
    double most = settings.stream().mapToDouble(each -> number(each, name)).max().orElse(0);
    boolean wide = least > 0 && most / least >= WIDE;
    return new Chart(
        "sweep",
        metric + " by " + name,
        "",
        wide ? Axis.logarithmic(name) : Axis.of(name),
        Axis.of(metric),
        series);
  }

  private static Series points(String label, List<SettingResult> line, String name) {
    List<double[]> points = new ArrayList<>();
    line.forEach(
        each ->
            each.bySeed().values().forEach(y -> points.add(new double[] {number(each, name), y})));
    return Series.points(
        label.isEmpty() ? "runs" : label + ", runs",
        points.stream().mapToDouble(point -> point[0]).toArray(),
        points.stream().mapToDouble(point -> point[1]).toArray());
  }

  private static String others(SettingResult each, String name) {
    return each.setting().entrySet().stream()
        .filter(e -> !e.getKey().equals(name))
        .map(e -> e.getKey().substring(e.getKey().lastIndexOf('.') + 1) + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
