package example.concepts;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What a set of points in the square from −1 to 1 may satisfy, point by point. */
enum Concept {
  /** Every point is at most 0.05 from the circle of radius 0.8 around the middle. */
  RING {
    @Override
    boolean satisfied(Point point, List<Point> others) {
      return Math.abs(Math.hypot(point.x, point.y) - 0.8) <= 0.05;
    }
  },
  /** Every point is at least 0.7 from every other. */
  APART {
    @Override
    boolean satisfied(Point point, List<Point> others) {
      return others.stream().allMatch(o -> Math.hypot(point.x - o.x, point.y - o.y) >= 0.7);
    }
  };

  record Point(double x, double y) {}

  abstract boolean satisfied(Point point, List<Point> others);

  /** Draws a set of points that satisfies the concept: uniform points, rejected one by one. */
  List<Point> draw(int size, SplittableRandom random) {
    List<Point> points = new ArrayList<>();
    while (points.size() < size) {
      Point point = new Point(2 * random.nextDouble() - 1, 2 * random.nextDouble() - 1);
      if (satisfied(point, points)) {
        points.add(point);
      }
    }
    return points;
  }
}
