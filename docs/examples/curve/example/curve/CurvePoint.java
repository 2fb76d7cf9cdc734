package example.curve;

import dev.ebt.error.UserException;
import dev.ebt.interact.Input;
import java.util.ArrayList;
import java.util.List;

/**
 * A point of a curve.
 *
 * @param x a finite number
 * @param y null if unknown
 */
record CurvePoint(double x, Double y) {
  /** Returns a point with an unknown y. */
  static CurvePoint at(double x) {
    return new CurvePoint(x, null);
  }

  /**
   * Reads points from CSV with or without a heading.
   *
   * @throws UserException with the line that is no point
   */
  static List<CurvePoint> read(Input csv) {
    List<CurvePoint> points = new ArrayList<>();
    List<String> lines = csv.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      boolean heading = i == 0 && line.matches("[A-Za-z].*");
      if (!heading && !line.isEmpty()) {
        points.add(point(line, csv.name() + ", line " + (i + 1)));
      }
    }
    if (points.isEmpty()) {
      throw new UserException(csv.name() + " has no points; x or x,y in each line expected");
    }
    return points;
  }

  private static CurvePoint point(String line, String place) {
    List<String> cells = List.of(line.split(",", -1));
    try {
      if (cells.size() <= 2) {
        double x = Double.parseDouble(cells.get(0).strip());
        if (!Double.isFinite(x)) {
          throw new UserException(place + ": x is " + x + "; a finite number expected");
        }
        return new CurvePoint(x, cells.size() == 1 ? null : Double.valueOf(cells.get(1).strip()));
      }
    } catch (NumberFormatException e) {
      throw new UserException(place + ": '" + line + "'; one or two numbers expected, x or x,y", e);
    }
    throw new UserException(place + ": '" + line + "'; one or two numbers expected, x or x,y");
  }
}
