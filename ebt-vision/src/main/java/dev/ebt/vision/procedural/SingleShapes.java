package dev.ebt.vision.procedural;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Procedural images for class-conditional generation: one bright shape each near the middle of a
 * dark square, of random position, size and brightness.
 */
public final class SingleShapes extends ProceduralImages {
  /** The version of the rules. */
  public static final int VERSION = 1;

  private static final long SITE = 0x73696E676C65L;

  private SingleShapes(int count, int channels, int side, long seed, boolean odd) {
    super(count, channels, side, seed, SITE, odd);
  }

  /** Returns training images. */
  public static SingleShapes training(int count, int channels, int side, long seed) {
    return new SingleShapes(count, channels, side, seed, false);
  }

  /** Returns validation images, with other indices than all training images. */
  public static SingleShapes validation(int count, int channels, int side, long seed) {
    return new SingleShapes(count, channels, side, seed, true);
  }

  @Override
  Canvas paint(RandomGenerator random, int side) {
    int label = random.nextInt(Outline.CLASSES.size());
    double radius = 0.28 + 0.12 * random.nextDouble();
    double x = 0.5 + 0.2 * (random.nextDouble() - 0.5);
    double y = 0.5 + 0.2 * (random.nextDouble() - 0.5);
    double brightness = 0.6 + 0.4 * random.nextDouble();
    Canvas canvas = new Canvas(side, (px, py, channel) -> 0);
    canvas.cover(Outline.of(label, x, y, radius), (px, py, channel) -> brightness);
    return canvas;
  }

  @Override
  public List<String> classes() {
    return Outline.CLASSES;
  }

  @Override
  int label(RandomGenerator random) {
    return random.nextInt(Outline.CLASSES.size());
  }
}
