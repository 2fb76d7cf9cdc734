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
    Canvas canvas = new Canvas(side, Paint.drawn(random));
    for (int shapes = random.nextInt(MOST_SHAPES + 1); shapes > 0; shapes--) {
      canvas.cover(Outline.drawn(random).outline(), Paint.drawn(random));
    }
    return canvas.planes(channels);
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
}
