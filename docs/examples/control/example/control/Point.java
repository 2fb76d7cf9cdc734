package example.control;

import dev.ebt.error.UserException;
import dev.ebt.interact.Input;
import java.util.ArrayList;
import java.util.List;

/** A point of the plane, or a move from one to another. */
record Point(double x, double y) {

  /**
   * Reads points from CSV.
   *
   * @throws UserException with the line that is no point
   */
  static List<Point> read(Input csv) {
    List<Point> points = new ArrayList<>();
    List<String> lines = csv.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        points.add(point(lines.get(i).strip(), csv.name() + ", line " + (i + 1)));
      }
    }
    if (points.isEmpty()) {
      throw new UserException(csv.name() + " has no points; x,y in each line expected");
    }
    return points;
  }

  private static Point point(String line, String place) {
    String[] cells = line.split(",", -1);
    try {
      if (cells.length == 2) {
        Point point = new Point(Double.parseDouble(cells[0]), Double.parseDouble(cells[1]));
        if (Double.isFinite(point.x) && Double.isFinite(point.y)) {
          return point;
        }
      }
    } catch (NumberFormatException e) {
      throw new UserException(place + ": '" + line + "'; two numbers x,y expected", e);
    }
    throw new UserException(place + ": '" + line + "'; two finite numbers x,y expected");
  }

  Point plus(Point move) {
    return new Point(x + move.x, y + move.y);
  }

  Point minus(Point other) {
    return new Point(x - other.x, y - other.y);
  }

  Point times(double factor) {
    return new Point(factor * x, factor * y);
  }

  double dot(Point other) {
    return x * other.x + y * other.y;
  }

  double length() {
    return Math.hypot(x, y);
  }
}
