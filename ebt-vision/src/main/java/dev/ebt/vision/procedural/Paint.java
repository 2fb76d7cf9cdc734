package dev.ebt.vision.procedural;

import java.util.random.RandomGenerator;

/** A colour at every point of the unit square. */
@FunctionalInterface
interface Paint {
  /** Returns the channel's value, 0 to 1. */
  double at(double x, double y, int channel);

  /** Returns a random colour, gradient or texture. */
  static Paint drawn(RandomGenerator random) {
    return switch (random.nextInt(5)) {
      case 0, 1 -> solid(random);
      case 2 -> gradient(random);
      case 3 -> stripes(random);
      default -> clouds(random);
    };
  }

  /** Returns a random colour without a dark channel. */
  static Paint bright(RandomGenerator random) {
    double[] colour = colour(random);
    return (x, y, channel) -> 0.5 + 0.5 * colour[channel];
  }

  private static Paint solid(RandomGenerator random) {
    double[] colour = colour(random);
    return (x, y, channel) -> colour[channel];
  }

  /** Returns a gradient from one colour to another across the square, in a random direction. */
  private static Paint gradient(RandomGenerator random) {
    double angle = 2 * Math.PI * random.nextDouble();
    double dx = Math.cos(angle) / Math.sqrt(2);
    double dy = Math.sin(angle) / Math.sqrt(2);
    return between(random, (x, y) -> 0.5 + (x - 0.5) * dx + (y - 0.5) * dy);
  }

  /** Returns waves of one to four periods. */
  private static Paint stripes(RandomGenerator random) {
    double angle = 2 * Math.PI * random.nextDouble();
    double frequency = 2 * Math.PI * (1 + 3 * random.nextDouble());
    double dx = frequency * Math.cos(angle);
    double dy = frequency * Math.sin(angle);
    double phase = 2 * Math.PI * random.nextDouble();
    return between(random, (x, y) -> 0.5 + 0.5 * Math.sin(x * dx + y * dy + phase));
  }

  /** Returns random values on a coarse lattice, smoothly interpolated. */
  private static Paint clouds(RandomGenerator random) {
    int cells = 3 + random.nextInt(3);
    double[] lattice = random.doubles((cells + 1L) * (cells + 1L)).toArray();
    return between(
        random,
        (x, y) -> {
          int column = Math.min((int) (x * cells), cells - 1);
          int row = Math.min((int) (y * cells), cells - 1);
          double right = smooth(x * cells - column);
          double down = smooth(y * cells - row);
          int at = row * (cells + 1) + column;
          double above = mix(lattice[at], lattice[at + 1], right);
          double below = mix(lattice[at + cells + 1], lattice[at + cells + 2], right);
          return mix(above, below, down);
        });
  }

  /** A number from 0 to 1 at every point. */
  @FunctionalInterface
  interface Field {
    double at(double x, double y);
  }

  /** Returns a blend from one colour, where the field is 0, to another, where it is 1. */
  private static Paint between(RandomGenerator random, Field field) {
    double[] from = colour(random);
    double[] to = colour(random);
    return (x, y, channel) -> mix(from[channel], to[channel], field.at(x, y));
  }

  private static double[] colour(RandomGenerator random) {
    return new double[] {random.nextDouble(), random.nextDouble(), random.nextDouble()};
  }

  private static double mix(double a, double b, double share) {
    return a + (b - a) * share;
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }
}
