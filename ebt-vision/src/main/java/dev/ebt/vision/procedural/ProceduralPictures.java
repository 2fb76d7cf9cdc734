package dev.ebt.vision.procedural;

import dev.ebt.tensor.Philox;
import dev.ebt.vision.picture.Pictures;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Pictures made by rule: a background of one colour, a gradient, stripes or clouds, and up to four
 * shapes over it: disc, ring, rectangle, triangle. A picture is a function of seed and index and is
 * painted when it is asked for.
 */
public final class ProceduralPictures implements Pictures {
  /** Changes whenever the rules do. */
  public static final int VERSION = 1;

  private static final int MOST_SHAPES = 4;
  private static final long SITE = 0x736861706573L;
  private static final double[] LUMINANCE = {0.299, 0.587, 0.114};

  private static final List<String> KINDS =
      Stream.concat(Outline.KINDS.stream(), Stream.of("nothing")).toList();

  private final int count;
  private final int channels;
  private final int side;
  private final long key;
  private final boolean odd;

  private ProceduralPictures(int count, int channels, int side, long seed, boolean odd) {
    this.count = count;
    this.channels = channels;
    this.side = side;
    this.key = Philox.key(seed, SITE);
    this.odd = odd;
  }

  /** Pictures to learn from. */
  public static ProceduralPictures training(int count, int channels, int side, long seed) {
    return new ProceduralPictures(count, channels, side, seed, false);
  }

  /** Pictures to be judged by, of other indices than all those to learn from. */
  public static ProceduralPictures validation(int count, int channels, int side, long seed) {
    return new ProceduralPictures(count, channels, side, seed, true);
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public byte[] planes(int index) {
    RandomGenerator random = random(index);
    double[][] colours = fill(Paint.drawn(random));
    for (int shapes = random.nextInt(MOST_SHAPES + 1); shapes > 0; shapes--) {
      cover(colours, Outline.drawn(random).outline(), Paint.drawn(random));
    }
    return planes(channels == 1 ? List.of(grey(colours)) : List.of(colours));
  }

  @Override
  public List<String> kinds() {
    return KINDS;
  }

  /** That of the shape on top of the others. */
  @Override
  public int kind(int index) {
    RandomGenerator random = random(index);
    Paint.drawn(random);
    int kind = KINDS.size() - 1;
    for (int shapes = random.nextInt(MOST_SHAPES + 1); shapes > 0; shapes--) {
      kind = Outline.drawn(random).kind();
      Paint.drawn(random);
    }
    return kind;
  }

  private RandomGenerator random(int index) {
    return Philox.generator(key, 2L * index + (odd ? 1 : 0));
  }

  /** Every channel at the middle of every pixel. */
  private double[][] fill(Paint paint) {
    double[][] colours = new double[LUMINANCE.length][side * side];
    for (int i = 0; i < side * side; i++) {
      for (int channel = 0; channel < colours.length; channel++) {
        colours[channel][i] = paint.at(x(i), y(i), channel);
      }
    }
    return colours;
  }

  /** Paints over what is within the outline; pixels on its edge are mixed. */
  private void cover(double[][] colours, Outline outline, Paint paint) {
    for (int i = 0; i < side * side; i++) {
      double share = Math.min(1, Math.max(0, 0.5 - outline.distance(x(i), y(i)) * side));
      for (int channel = 0; share > 0 && channel < colours.length; channel++) {
        double below = colours[channel][i];
        colours[channel][i] = below + share * (paint.at(x(i), y(i), channel) - below);
      }
    }
  }

  private double x(int pixel) {
    return (pixel % side + 0.5) / side;
  }

  private double y(int pixel) {
    return (pixel / side + 0.5) / side;
  }

  private static double[] grey(double[][] colours) {
    double[] grey = new double[colours[0].length];
    for (int channel = 0; channel < colours.length; channel++) {
      for (int i = 0; i < grey.length; i++) {
        grey[i] += LUMINANCE[channel] * colours[channel][i];
      }
    }
    return grey;
  }

  private static byte[] planes(List<double[]> channels) {
    int pixels = channels.get(0).length;
    byte[] planes = new byte[channels.size() * pixels];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) Math.round(255 * channels.get(i / pixels)[i % pixels]);
    }
    return planes;
  }
}
