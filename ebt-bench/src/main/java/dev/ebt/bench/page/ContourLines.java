package dev.ebt.bench.page;

import dev.ebt.report.HeatMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lines on which a heat map has one value, by marching squares (Lorensen and Cline, 1987, in
 * two dimensions): values are linear along the edges between neighbouring points, and the crossings
 * of each square are joined. Squares with a value that is not finite have none.
 */
final class ContourLines {
  private final HeatMap map;
  private final double level;
  private final Map<Edge, List<Edge>> neighbours = new HashMap<>();

  private ContourLines(HeatMap map, double level) {
    this.map = map;
    this.level = level;
  }

  /** A point of a line. */
  record Point(double x, double y) {}

  /** The edge from a point of the grid to the next one on its right or above. */
  private record Edge(int row, int column, boolean up) {}

  /** Returns the lines; a closed one ends where it begins. */
  static List<List<Point>> of(HeatMap map, double level) {
    ContourLines lines = new ContourLines(map, level);
    for (int row = 0; row + 1 < map.ys().length; row++) {
      for (int column = 0; column + 1 < map.xs().length; column++) {
        lines.square(row, column);
      }
    }
    return lines.joined();
  }

  private double value(int row, int column) {
    return map.values()[row][column];
  }

  private boolean above(int row, int column) {
    return value(row, column) > level;
  }

  private void square(int row, int column) {
    double middle =
        (value(row, column)
                + value(row, column + 1)
                + value(row + 1, column)
                + value(row + 1, column + 1))
            / 4;
    if (!Double.isFinite(middle)) {
      return;
    }
    List<Edge> crossed = new ArrayList<>(); // Counter-clockwise, from below.
    cross(crossed, new Edge(row, column, false), above(row, column), above(row, column + 1));
    cross(
        crossed,
        new Edge(row, column + 1, true),
        above(row, column + 1),
        above(row + 1, column + 1));
    cross(
        crossed,
        new Edge(row + 1, column, false),
        above(row + 1, column),
        above(row + 1, column + 1));
    cross(crossed, new Edge(row, column, true), above(row, column), above(row + 1, column));
    if (crossed.size() == 2) {
      join(crossed.get(0), crossed.get(1));
    } else if (crossed.size() == 4) {
      // A saddle: corners on the side of the middle are connected through it.
      boolean cutsFirstCorner = above(row, column) != middle > level;
      join(crossed.get(0), crossed.get(cutsFirstCorner ? 3 : 1));
      join(crossed.get(2), crossed.get(cutsFirstCorner ? 1 : 3));
    }
  }

  private static void cross(List<Edge> crossed, Edge edge, boolean from, boolean to) {
    if (from != to) {
      crossed.add(edge);
    }
  }

  private void join(Edge one, Edge other) {
    neighbours.computeIfAbsent(one, none -> new ArrayList<>()).add(other);
    neighbours.computeIfAbsent(other, none -> new ArrayList<>()).add(one);
  }

  /** Follows each line in both directions from one of its crossings. */
  private List<List<Point>> joined() {
    List<List<Point>> lines = new ArrayList<>();
    Set<Edge> seen = new HashSet<>();
    List<Edge> all = new ArrayList<>(neighbours.keySet());
    all.sort(
        Comparator.comparingInt(Edge::row).thenComparingInt(Edge::column).thenComparing(Edge::up));
    for (Edge start : all) {
      if (seen.add(start)) {
        Deque<Edge> line = new ArrayDeque<>(List.of(start));
        boolean grows = true;
        while (grows) {
          grows = extend(line, seen, true) || extend(line, seen, false);
        }
        if (line.size() > 2
            && neighbours.getOrDefault(line.getFirst(), List.of()).contains(line.getLast())) {
          line.add(line.getFirst());
        }
        lines.add(line.stream().map(this::point).toList());
      }
    }
    return lines;
  }

  private boolean extend(Deque<Edge> line, Set<Edge> seen, boolean atEnd) {
    for (Edge next : neighbours.getOrDefault(atEnd ? line.getLast() : line.getFirst(), List.of())) {
      if (seen.add(next)) {
        if (atEnd) {
          line.addLast(next);
        } else {
          line.addFirst(next);
        }
        return true;
      }
    }
    return false;
  }

  private Point point(Edge edge) {
    double from = value(edge.row(), edge.column());
    double to = value(edge.row() + (edge.up() ? 1 : 0), edge.column() + (edge.up() ? 0 : 1));
    double share = (level - from) / (to - from);
    double x = map.xs()[edge.column()];
    double y = map.ys()[edge.row()];
    return edge.up()
        ? new Point(x, y + share * (map.ys()[edge.row() + 1] - y))
        : new Point(x + share * (map.xs()[edge.column() + 1] - x), y);
  }
}
