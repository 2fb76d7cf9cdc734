package dev.ebt.vision.procedural;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Procedural images: a background of one colour, a gradient, stripes or clouds, and up to four
 * shapes over it: disc, ring, rectangle, triangle.
 */
public final class ShapesOnBackgrounds extends ProceduralImages {
  /** The version of the rules. */
  public static final int VERSION = 1;

  private static final int MOST_SHAPES = 4;
  private static final long SITE = 0x736861706573L;

  private static final List<String> CLASSES =
      Stream.concat(Outline.CLASSES.stream(), Stream.of("nothing")).toList();

  private ShapesOnBackgrounds(int count, int channels, int side, long seed, boolean odd) {
    super(count, channels, side, seed, SITE, odd);
  }

  /** Returns training images. */
  public static ShapesOnBackgrounds training(int count, int channels, int side, long seed) {
    return new ShapesOnBackgrounds(count, channels, side, seed, false);
  }

  /** Returns validation images, with other indices than all training images. */
  public static ShapesOnBackgrounds validation(int count, int channels, int side, long seed) {
    return new ShapesOnBackgrounds(count, channels, side, seed, true);
  }

  @Override
  Canvas paint(RandomGenerator random, int side) {
    Canvas canvas = new Canvas(side, Paint.drawn(random));
    for (int shapes = random.nextInt(MOST_SHAPES + 1); shapes > 0; shapes--) {
      canvas.cover(Outline.drawn(random).outline(), Paint.drawn(random));
    }
    return canvas;
  }

  @Override
  public List<String> classes() {
    return CLASSES;
  }

  /** Returns the class of the shape on top of the others. */
  @Override
  int label(RandomGenerator random) {
    Paint.drawn(random);
    int label = CLASSES.size() - 1;
    for (int shapes = random.nextInt(MOST_SHAPES + 1); shapes > 0; shapes--) {
      label = Outline.drawn(random).label();
      Paint.drawn(random);
    }
    return label;
  }
}
