package dev.ebt.vision.procedural;

import dev.ebt.tensor.Philox;
import dev.ebt.vision.picture.Pictures;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Pictures made by rule for those who ask for a kind: one bright shape each near the middle of a
 * dark square. Where it is, how large and how bright is anyone's guess.
 */
public final class SingleShapes implements Pictures {
  /** Changes whenever the rules do. */
  public static final int VERSION = 1;

  private static final long SITE = 0x73696E676C65L;

  private final int count;
  private final int channels;
  private final int side;
  private final long key;
  private final boolean odd;

  private SingleShapes(int count, int channels, int side, long seed, boolean odd) {
    this.count = count;
    this.channels = channels;
    this.side = side;
    this.key = Philox.key(seed, SITE);
    this.odd = odd;
  }

  /** Pictures to learn from. */
  public static SingleShapes training(int count, int channels, int side, long seed) {
    return new SingleShapes(count, channels, side, seed, false);
  }

  /** Pictures to be judged by, of other indices than all those to learn from. */
  public static SingleShapes validation(int count, int channels, int side, long seed) {
    return new SingleShapes(count, channels, side, seed, true);
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public byte[] planes(int index) {
    RandomGenerator random = random(index);
    int kind = random.nextInt(Outline.KINDS.size());
    double radius = 0.28 + 0.12 * random.nextDouble();
    double x = 0.5 + 0.2 * (random.nextDouble() - 0.5);
    double y = 0.5 + 0.2 * (random.nextDouble() - 0.5);
    double brightness = 0.6 + 0.4 * random.nextDouble();
    Canvas canvas = new Canvas(side, (px, py, channel) -> 0);
    canvas.cover(Outline.of(kind, x, y, radius), (px, py, channel) -> brightness);
    return canvas.planes(channels);
  }

  @Override
  public List<String> kinds() {
    return Outline.KINDS;
  }

  @Override
  public int kind(int index) {
    return random(index).nextInt(Outline.KINDS.size());
  }

  private RandomGenerator random(int index) {
    return Philox.generator(key, 2L * index + (odd ? 1 : 0));
  }
}
