package dev.ebt.report;

import java.util.List;

/**
 * Values over a plane as colours, with paths drawn on it: an energy landscape.
 *
 * @param xs the ascending, evenly spaced x of the columns
 * @param ys the ascending, evenly spaced y of the rows
 * @param values by row, then column; those that are not finite are left blank
 * @param value what the colours show
 * @param paths lines over the plane, such as that of thinking
 */
public record HeatMap(
    String title,
    String hint,
    Axis x,
    Axis y,
    double[] xs,
    double[] ys,
    double[][] values,
    Axis value,
    List<Series> paths)
    implements Figure {
  /** Copies the list and checks the sizes. */
  public HeatMap {
    paths = List.copyOf(paths);
    if (values.length != ys.length || values.length > 0 && values[0].length != xs.length) {
      throw new IllegalArgumentException("a heat map has one value for each x and y");
    }
  }
}
