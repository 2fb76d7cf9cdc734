package dev.ebt.report;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A series of points of a chart. Points of which a coordinate is not a finite number are gaps.
 *
 * @param name in the legend
 * @param x the horizontal coordinates
 * @param y the vertical coordinates, as many
 */
public record Series(String name, Mark mark, double[] x, double[] y) {
  /** How a series is drawn. */
  public enum Mark {
    /** A line through the points. */
    LINE,
    /** A line that marks every point. */
    MARKED_LINE,
    /** Points only. */
    POINTS
  }

  /** Checks that there are as many x as y. */
  public Series {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "series '" + name + "' has " + x.length + " x and " + y.length + " y");
    }
  }

  /** Creates a line. */
  public static Series line(String name, double[] x, double[] y) {
    return new Series(name, Mark.LINE, x, y);
  }

  /** Creates a line that marks every point. */
  public static Series marked(String name, double[] x, double[] y) {
    return new Series(name, Mark.MARKED_LINE, x, y);
  }

  /** Creates a series of points. */
  public static Series points(String name, double[] x, double[] y) {
    return new Series(name, Mark.POINTS, x, y);
  }

  /** Returns a copy with another name. */
  public Series named(String other) {
    return new Series(other, mark, x, y);
  }

  /** Returns the number of points. */
  public int size() {
    return x.length;
  }

  /** Returns whether both coordinates of a point are finite. */
  public boolean isFinite(int point) {
    return Double.isFinite(x[point]) && Double.isFinite(y[point]);
  }

  /** Returns the points at these indices. */
  public Series at(int[] points) {
    return new Series(
        name,
        mark,
        Arrays.stream(points).mapToDouble(i -> x[i]).toArray(),
        Arrays.stream(points).mapToDouble(i -> y[i]).toArray());
  }

  /** Returns whether no point is finite. */
  public boolean isEmpty() {
    return IntStream.range(0, x.length).noneMatch(this::isFinite);
  }
}
