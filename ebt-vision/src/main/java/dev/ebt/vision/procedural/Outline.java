package dev.ebt.vision.procedural;

import java.util.List;
import java.util.random.RandomGenerator;

/** A shape in the unit square, as its signed distance function, negative inside. */
@FunctionalInterface
interface Outline {
  /** Returns the distance from the edge; for shapes with corners a lower bound of it. */
  double distance(double x, double y);

  /** The names of the shapes. */
  List<String> CLASSES = List.of("disc", "ring", "rectangle", "triangle");

  /**
   * A randomly drawn shape.
   *
   * @param label its index in {@link #CLASSES}
   */
  record Drawn(int label, Outline outline) {}

  /** Returns a disc, a ring, a rectangle or a triangle of random position and rotation. */
  static Drawn drawn(RandomGenerator random) {
    double x = random.nextDouble();
    double y = random.nextDouble();
    double radius = 0.12 + 0.25 * random.nextDouble();
    double angle = 2 * Math.PI * random.nextDouble();
    int label = random.nextInt(CLASSES.size());
    Outline outline =
        switch (label) {
          case 0 -> disc(radius);
          case 1 -> ring(radius, radius * (0.25 + 0.25 * random.nextDouble()));
          case 2 -> rectangle(radius, radius * (0.4 + 0.6 * random.nextDouble()));
          default -> triangle(radius);
        };
    double cosine = Math.cos(angle);
    double sine = Math.sin(angle);
    return new Drawn(
        label,
        (px, py) ->
            outline.distance(
                (px - x) * cosine + (py - y) * sine, (py - y) * cosine - (px - x) * sine));
  }

  /**
   * Returns a shape within a circle.
   *
   * @param label its index in {@link #CLASSES}
   * @param radius the radius of the circle
   */
  static Outline of(int label, double x, double y, double radius) {
    Outline outline =
        switch (label) {
          case 0 -> disc(radius);
          case 1 -> ring(0.75 * radius, 0.25 * radius);
          case 2 -> rectangle(radius / Math.sqrt(2), radius / Math.sqrt(2));
          default -> triangle(radius);
        };
    return (px, py) -> outline.distance(px - x, py - y);
  }

  private static Outline disc(double radius) {
    return (x, y) -> Math.hypot(x, y) - radius;
  }

  private static Outline ring(double radius, double half) {
    return (x, y) -> Math.abs(Math.hypot(x, y) - radius) - half;
  }

  private static Outline rectangle(double halfWidth, double halfHeight) {
    return (x, y) -> Math.max(Math.abs(x) - halfWidth, Math.abs(y) - halfHeight);
  }

  /** Returns a triangle with each side at half the radius from the centre. */
  private static Outline triangle(double radius) {
    double half = radius / 2;
    double root = Math.sqrt(3) / 2;
    return (x, y) -> Math.max(y, Math.abs(x) * root - y / 2) - half;
  }
}
