package dev.ebt.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The peak learning rate as a function of a transformer's layers and width, independent of the
 * preset they came from, and the same for energy models and baselines.
 *
 * <p>A published size has its published rate. Others are interpolated between those, linearly in
 * the logarithms of rate and layers · width²; up to 4 layers of width 128 the rate is 0.004, at
 * which both energy models and baselines were measured to train better than at the smallest
 * published size's 0.0024.
 */
final class LearningRate {
  private static final int DIGITS = 2;

  /** Rates by layers · width²; decreasing. */
  private static final NavigableMap<Double, Double> CURVE = new TreeMap<>();

  static {
    for (String name :
        new String[] {"mini", "3xs", "xxs", "xs", "small", "medium", "large", "xl"}) {
      Size size = Size.named(name);
      CURVE.put(weights(size.layers(), size.width()), size.learningRate());
    }
  }

  private LearningRate() {}

  /** Returns the rate for the given layers and width. */
  static double of(int layers, int width) {
    return Size.published(layers, width)
        .map(Size::learningRate)
        .orElseGet(() -> rounded(interpolated(weights(layers, width))));
  }

  private static double weights(int layers, int width) {
    return (double) layers * width * width;
  }

  private static double interpolated(double weights) {
    Map.Entry<Double, Double> below = CURVE.floorEntry(weights);
    if (below == null) {
      return CURVE.firstEntry().getValue();
    }
    Map.Entry<Double, Double> above = CURVE.higherEntry(below.getKey());
    if (above == null) {
      above = below;
      below = CURVE.lowerEntry(above.getKey());
    }
    double slope =
        Math.log(above.getValue() / below.getValue()) / Math.log(above.getKey() / below.getKey());
    return below.getValue() * Math.pow(weights / below.getKey(), slope);
  }

  /** Returns a readable rate, rounded to as many digits as are meaningful. */
  private static double rounded(double rate) {
    return new BigDecimal(rate).round(new MathContext(DIGITS)).doubleValue();
  }
}
