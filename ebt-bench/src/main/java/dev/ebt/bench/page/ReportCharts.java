package dev.ebt.bench.page;

import dev.ebt.error.UserException;
import dev.ebt.report.Block;
import dev.ebt.report.Chart;
import dev.ebt.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The charts of a report, by what is on their axes. */
public final class ReportCharts {
  private ReportCharts() {}

  /**
   * Returns the first chart with these axes.
   *
   * @param x the label of the x axis, without unit
   * @param y the label of the y axis, without unit
   * @throws UserException if there is none; the message lists all
   */
  public static Chart find(Report report, String x, String y) {
    List<Chart> all = all(report);
    return all.stream()
        .filter(chart -> chart.x().label().equals(x) && chart.y().label().equals(y))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    String.format(
                        Locale.ROOT,
                        "--x %s --y %s: there is no such chart; there are %s",
                        argument(x),
                        argument(y),
                        all.stream()
                            .map(
                                chart ->
                                    "--x "
                                        + argument(chart.x().label())
                                        + " --y "
                                        + argument(chart.y().label()))
                            .distinct()
                            .collect(Collectors.joining(", ")))));
  }

  private static List<Chart> all(Report report) {
    List<Chart> charts = new ArrayList<>();
    for (Report.Section section : report.sections()) {
      for (Block block : MergedSections.blocks(report, section)) {
        if (block instanceof Chart chart) {
          charts.add(chart);
        }
      }
    }
    return charts;
  }

  private static String argument(String label) {
    return label.contains(" ") ? '"' + label + '"' : label;
  }
}
