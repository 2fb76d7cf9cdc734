package dev.ebt.vision;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * The structural similarity (SSIM) of images, by Wang, Bovik, Sheikh and Simoncelli (2004). In a
 * Gaussian window of 11×11 and standard deviation 1.5 around each pixel that has a full one,
 *
 * <p>(2 μₐ μ_b + C₁)(2 σ_ab + C₂) / ((μₐ² + μ_b² + C₁)(σₐ² + σ_b² + C₂)),
 *
 * <p>C₁ = (0.01 L)², C₂ = (0.03 L)², for values from 0 to L; then the mean over windows and
 * channels. 1 for equal images, about 0 for unrelated ones. The index depends on the means μ, so
 * values have to begin at 0: values from −1 to 1 have to be shifted.
 */
final class StructuralSimilarity {
  /** The least width and height of an image. */
  static final int WINDOW = 11;

  private static final double DEVIATION = 1.5;

  private final Tensor window;
  private final double first;
  private final double second;

  /**
   * Creates the index for square images of one size.
   *
   * @param side width and height of an image, at least {@link #WINDOW}
   * @param range L, the greatest possible value; the least is 0
   */
  StructuralSimilarity(int side, double range) {
    this.window = Tensor.constant(window(side));
    this.first = Math.pow(0.01 * range, 2);
    this.second = Math.pow(0.03 * range, 2);
  }

  /** Returns the Gaussian weights of every position of the window: [side, positions]. */
  private static Array window(int side) {
    double[] weights = new double[WINDOW];
    double sum = 0;
    for (int i = 0; i < WINDOW; i++) {
      weights[i] = Math.exp(-Math.pow((i - WINDOW / 2) / DEVIATION, 2) / 2);
      sum += weights[i];
    }
    int places = side - WINDOW + 1;
    double[] all = new double[side * places];
    for (int place = 0; place < places; place++) {
      for (int i = 0; i < WINDOW; i++) {
        all[(place + i) * places + place] = weights[i] / sum;
      }
    }
    return Array.of(Shape.of(side, places), all);
  }

  /**
   * Returns the index of images with values from 0 to L, [rows, channels, side, side] each →
   * [rows].
   */
  Tensor of(Tensor a, Tensor b) {
    Tensor meanA = mean(a);
    Tensor meanB = mean(b);
    Tensor means = meanA.times(meanB);
    Tensor squares = meanA.square().plus(meanB.square());
    Tensor together = mean(a.times(b)).minus(means);
    Tensor spreads = mean(a.square()).plus(mean(b.square())).minus(squares);
    Tensor alike = means.times(2).plus(first).times(together.times(2).plus(second));
    return alike.divide(squares.plus(first).times(spreads.plus(second))).mean(1, 2, 3);
  }

  /** Returns the means weighted by the window, along one axis after the other. */
  private Tensor mean(Tensor image) {
    return image.dot(window).transpose(0, 1, 3, 2).dot(window);
  }
}
