package dev.ebt.vision.procedural;

import dev.ebt.tensor.Philox;
import dev.ebt.vision.picture.Pictures;
import java.util.random.RandomGenerator;

/**
 * Pictures made by a rule that draws from random numbers: a picture is a function of seed and index
 * and is painted when it is asked for.
 */
abstract class PaintedPictures implements Pictures {
  private final int count;
  private final int channels;
  private final int side;
  private final long key;
  private final boolean odd;

  /**
   * Nothing is painted yet.
   *
   * @param site tells the random numbers of one rule from those of others
   * @param odd whether these are the pictures of odd indices, those to be judged by: none of them
   *     is one to learn from
   */
  PaintedPictures(int count, int channels, int side, long seed, long site, boolean odd) {
    this.count = count;
    this.channels = channels;
    this.side = side;
    this.key = Philox.key(seed, site);
    this.odd = odd;
  }

  /** Paints a picture of this many pixels a side. */
  abstract Canvas paint(RandomGenerator random, int side);

  /** What the picture of the same random numbers shows. */
  abstract int kind(RandomGenerator random);

  @Override
  public final int size() {
    return count;
  }

  @Override
  public final byte[] planes(int index) {
    return paint(random(index), side).planes(channels);
  }

  @Override
  public final int kind(int index) {
    return kind(random(index));
  }

  private RandomGenerator random(int index) {
    return Philox.generator(key, 2L * index + (odd ? 1 : 0));
  }
}
