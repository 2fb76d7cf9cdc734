package dev.ebt.vision.procedural;

import dev.ebt.tensor.Philox;
import dev.ebt.vision.image.ClipSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Procedural clips: one or more bright shapes on black, each moving at its own constant speed and
 * bouncing off the walls. A frame is a function of seed, clip and time and is painted on request.
 * Two frames determine all later ones, except for the walls.
 */
public final class BouncingShapes implements ClipSource {
  /** The version of the rules. */
  public static final int VERSION = 1;

  private static final long SITE = 0x626F756E6365L;
  private static final Paint BLACK = (x, y, channel) -> 0;
  private static final double SLOWEST = 0.06;
  private static final double FASTEST = 0.16;

  private final Scene scene;
  private final int count;
  private final long key;
  private final boolean odd;

  /**
   * The settings common to all clips.
   *
   * @param length the number of frames of a clip
   * @param shapes the greatest number of shapes in a clip
   */
  public record Scene(int length, int shapes, int channels, int side, long seed) {}

  private BouncingShapes(Scene scene, int count, boolean odd) {
    this.scene = scene;
    this.count = count;
    this.key = Philox.key(scene.seed(), SITE);
    this.odd = odd;
  }

  /** Returns training clips. */
  public static BouncingShapes training(int count, Scene scene) {
    return new BouncingShapes(scene, count, false);
  }

  /** Returns validation clips, with other indices than all training clips. */
  public static BouncingShapes validation(int count, Scene scene) {
    return new BouncingShapes(scene, count, true);
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public int length(int clip) {
    return scene.length();
  }

  @Override
  public byte[] frame(int clip, int time) {
    RandomGenerator random = random(clip);
    Canvas canvas = new Canvas(scene.side(), BLACK);
    for (int shapes = shapes(random); shapes > 0; shapes--) {
      Shape shape = Shape.drawn(random);
      canvas.cover(shape.at(time), shape.paint());
    }
    return canvas.planes(scene.channels());
  }

  @Override
  public List<String> classes() {
    return Outline.CLASSES;
  }

  /** Returns the class of the shape in front of the others. */
  @Override
  public int label(int clip) {
    RandomGenerator random = random(clip);
    int label = 0;
    for (int shapes = shapes(random); shapes > 0; shapes--) {
      label = Shape.drawn(random).label();
    }
    return label;
  }

  private int shapes(RandomGenerator random) {
    return 1 + random.nextInt(scene.shapes());
  }

  private RandomGenerator random(int clip) {
    return Philox.generator(key, 2L * clip + (odd ? 1 : 0));
  }

  /** A moving shape. */
  private record Shape(
      int label, double radius, double x, double y, double right, double down, Paint paint) {

    static Shape drawn(RandomGenerator random) {
      double angle = 2 * Math.PI * random.nextDouble();
      double speed = SLOWEST + (FASTEST - SLOWEST) * random.nextDouble();
      return new Shape(
          random.nextInt(Outline.CLASSES.size()),
          0.14 + 0.1 * random.nextDouble(),
          random.nextDouble(),
          random.nextDouble(),
          speed * Math.cos(angle),
          speed * Math.sin(angle),
          Paint.bright(random));
    }

    Outline at(int time) {
      return Outline.of(label, place(x, right * time), place(y, down * time), radius);
    }

    /** Returns the position after moving from a share of the free space, reflected by the walls. */
    private double place(double share, double way) {
      double space = 1 - 2 * radius;
      double unfolded = Math.abs(share * space + way) % (2 * space);
      return radius + (unfolded <= space ? unfolded : 2 * space - unfolded);
    }
  }
}
