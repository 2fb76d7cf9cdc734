package dev.ebt.vision.procedural;

import dev.ebt.tensor.Philox;
import dev.ebt.vision.image.ImageSource;
import java.util.random.RandomGenerator;

/**
 * Procedural images from random numbers: an image is a function of seed and index and is painted on
 * request.
 */
abstract class ProceduralImages implements ImageSource {
  private final int count;
  private final int channels;
  private final int side;
  private final long key;
  private final boolean odd;

  /**
   * Creates the collection without painting anything.
   *
   * @param site separates the random numbers of one rule from those of others
   * @param odd whether these are the validation images, with odd indices: none of them is a
   *     training image
   */
  ProceduralImages(int count, int channels, int side, long seed, long site, boolean odd) {
    this.count = count;
    this.channels = channels;
    this.side = side;
    this.key = Philox.key(seed, site);
    this.odd = odd;
  }

  /** Paints an image of this many pixels a side. */
  abstract Canvas paint(RandomGenerator random, int side);

  /** Returns the class of the image of the same random numbers. */
  abstract int label(RandomGenerator random);

  @Override
  public final int size() {
    return count;
  }

  @Override
  public final byte[] planes(int index) {
    return paint(random(index), side).planes(channels);
  }

  @Override
  public final int label(int index) {
    return label(random(index));
  }

  private RandomGenerator random(int index) {
    return Philox.generator(key, 2L * index + (odd ? 1 : 0));
  }
}
