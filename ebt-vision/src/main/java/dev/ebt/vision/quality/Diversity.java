package dev.ebt.vision.quality;

import java.util.Map;
import java.util.TreeMap;

/**
 * The diversity of images within a class: the mean squared distance of two images, over all
 * classes,
 *
 * <pre>
 * v = 2 Σₖ Σᵢ |xₖᵢ − mₖ|² / Σₖ (nₖ − 1)
 * </pre>
 *
 * <p>with mₖ the mean of the nₖ images of class k: the same as over all pairs within a class, each
 * class weighted by nₖ − 1.
 */
final class Diversity {
  private final Map<Integer, OfClass> classes = new TreeMap<>();

  private static final class OfClass {
    private final double[] sums;
    private double squares;
    private int count;

    OfClass(int size) {
      this.sums = new double[size];
    }

    void add(float[] image) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += image[i];
        squares += image[i] * (double) image[i];
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

  /** Adds an image. */
  void add(int label, float[] image) {
    classes.computeIfAbsent(label, k -> new OfClass(image.length)).add(image);
  }

  /**
   * Returns √(v / v'), with v' that of other images, each class weighted by these images' nₖ − 1: 1
   * where the images differ as much as the others, 0 where all images of a class are equal. NaN
   * where no class has two images in both.
   */
  double relativeTo(Diversity other) {
    double sum = 0;
    double expected = 0;
    for (Map.Entry<Integer, OfClass> entry : classes.entrySet()) {
      OfClass own = entry.getValue();
      OfClass others = other.classes.get(entry.getKey());
      if (own.count > 1 && others != null && others.count > 1) {
        sum += own.sum();
        expected += others.sum() / (others.count - 1) * (own.count - 1);
      }
    }
    return expected == 0 ? Double.NaN : Math.sqrt(sum / expected);
  }
}
