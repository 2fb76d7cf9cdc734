package dev.ebt.tensor;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The counter-based random number generator Philox 4×32 with 10 rounds (Salmon et al., "Parallel
 * random numbers: as easy as 1, 2, 3", SC 2011). A number depends only on its key, its counter and
 * its position.
 *
 * <p>The numbers of {@link Sources.Random} with key (seed, step) at a site are the blocks of key
 * {@code seed + site · 0x9E3779B97F4A7C15} at counters (0, step), (1, step), …, the low 64 bits
 * counting the blocks of four.
 */
public final class Philox {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int ROUNDS = 10;

  private Philox() {}

  /** Returns the Philox key of a site. */
  public static long key(long seed, long site) {
    return seed + site * GOLDEN;
  }

  /** Computes the four 32-bit words at a 128-bit counter. */
  public static int[] block(long key, long counterLow, long counterHigh) {
    int c0 = (int) counterLow;
    int c1 = (int) (counterLow >>> 32);
    int c2 = (int) counterHigh;
    int c3 = (int) (counterHigh >>> 32);
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = 0xD2511F53L * (c0 & 0xFFFFFFFFL);
      long product1 = 0xCD9E8D57L * (c2 & 0xFFFFFFFFL);
      int next0 = (int) (product1 >>> 32) ^ c1 ^ k0;
      int next2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c1 = (int) product1;
      c3 = (int) product0;
      c0 = next0;
      c2 = next2;
      k0 += 0x9E3779B9;
      k1 += 0xBB67AE85;
    }
    return new int[] {c0, c1, c2, c3};
  }

  /**
   * Returns a generator for host code whose numbers are a function of (seed, stream). Unlike
   * generators seeded with the numbers directly, those of neighbouring seeds or streams are
   * unrelated.
   */
  public static RandomGenerator generator(long seed, long stream) {
    int[] words = block(seed, stream, 0);
    return new SplittableRandom((long) words[0] << 32 | words[1] & 0xFFFFFFFFL);
  }

  /** Returns {@code count} numbers uniform in [0, 1), with 23 random bits each. */
  public static double[] uniform(long key, long step, int count) {
    double[] numbers = new double[count];
    int[] words = {};
    for (int i = 0; i < count; i++) {
      if (i % 4 == 0) {
        words = block(key, i / 4, step);
      }
      numbers[i] = Float.intBitsToFloat((127 << 23) | (words[i % 4] & 0x7FFFFF)) - 1.0f;
    }
    return numbers;
  }

  /** Returns {@code count} standard normal numbers, by the Box–Muller transform of pairs. */
  public static double[] normal(long key, long step, int count) {
    double[] numbers = new double[count];
    int[] words = {};
    for (int i = 0; i < count; i += 2) {
      if (i % 4 == 0) {
        words = block(key, i / 4, step);
      }
      float first = Float.intBitsToFloat((127 << 23) | (words[i % 4] & 0x7FFFFF)) - 1.0f;
      float second = Float.intBitsToFloat((127 << 23) | (words[i % 4 + 1] & 0x7FFFFF)) - 1.0f;
      double radius = Math.sqrt(-2 * Math.log(Math.max(first, 1.0e-7f)));
      double angle = 2 * Math.PI * second;
      numbers[i] = Math.sin(angle) * radius;
      if (i + 1 < count) {
        numbers[i + 1] = Math.cos(angle) * radius;
      }
    }
    return numbers;
  }
}
