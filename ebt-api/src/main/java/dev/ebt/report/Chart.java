package dev.ebt.report;

import java.util.List;

/**
 * A chart of series over a common x axis.
 *
 * @param name identifies the chart: charts of the same name from several runs are drawn as one
 * @param series one or more
 */
public record Chart(String name, String title, String hint, Axis x, Axis y, List<Series> series)
    implements Figure {
  /** Copies the list. */
  public Chart {
    series = List.copyOf(series);
  }

  /** Returns a copy with other series. */
  public Chart with(List<Series> other) {
    return new Chart(name, title, hint, x, y, other);
  }
}
