package dev.ebt.vision.quality;

import java.util.Map;
import java.util.TreeMap;

/**
 * The diversity of pictures within a class: the mean squared distance of two pictures, over all
 * classes,
 *
 * <pre>
 * v = 2 Σₖ Σᵢ |xₖᵢ − mₖ|² / Σₖ (nₖ − 1)
 * </pre>
 *
 * <p>with mₖ the mean of the nₖ pictures of class k: the same as over all pairs within a class,
 * each class weighted by nₖ − 1.
 */
final class Diversity {
  private final Map<Integer, OfKind> kinds = new TreeMap<>();

  private static final class OfKind {
    private final double[] sums;
    private double squares;
    private int count;

    OfKind(int size) {
      this.sums = new double[size];
    }

    void add(float[] picture) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += picture[i];
        squares += picture[i] * (double) picture[i];
      }
      count++;
    }

    /** Returns the sum of squared distances from the mean. */
    double sum() {
      double ofMean = 0;
      for (double sum : sums) {
        ofMean += sum * sum / count;
      }
      return Math.max(0, squares - ofMean);
    }
  }

  /** Adds a picture. */
  void add(int kind, float[] picture) {
    kinds.computeIfAbsent(kind, k -> new OfKind(picture.length)).add(picture);
  }

  /**
   * Returns √(v / v'), with v' that of other pictures, each class weighted by these pictures' nₖ −
   * 1: 1 where the pictures differ as much as the others, 0 where all pictures of a class are
   * equal. NaN where no class has two pictures in both.
   */
  double relativeTo(Diversity other) {
    double sum = 0;
    double expected = 0;
    for (Map.Entry<Integer, OfKind> entry : kinds.entrySet()) {
      OfKind own = entry.getValue();
      OfKind others = other.kinds.get(entry.getKey());
      if (own.count > 1 && others != null && others.count > 1) {
        sum += own.sum();
        expected += others.sum() / (others.count - 1) * (own.count - 1);
      }
    }
    return expected == 0 ? Double.NaN : Math.sqrt(sum / expected);
  }
}
