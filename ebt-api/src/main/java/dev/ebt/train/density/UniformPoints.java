package dev.ebt.train.density;

import static dev.ebt.tensor.Functions.randomUniform;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.modality.Dataset;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Points that are uniform in a cube, as negatives.
 *
 * @param low the least value of an element
 * @param high the greatest value
 */
record UniformPoints(double low, double high) {
  /** The most training rows that are compared with the cube. */
  private static final int ROWS = 4096;

  /** Fills in the defaults, −4 and 4, and rejects invalid values. */
  static UniformPoints of(@Nullable Double low, @Nullable Double high) {
    double from = requireNonNullElse(low, -4.0);
    double to = requireNonNullElse(high, 4.0);
    if (!(from < to) || Double.isInfinite(to - from)) {
      throw SettingException.of("high", to, "more than low (" + from + ")");
    }
    return new UniformPoints(from, to);
  }

  /** Returns points of a shape. */
  Tensor draw(Tensor key, long site, Shape shape) {
    return randomUniform(key, site, shape).times(high - low).plus(low);
  }

  /** Returns the logarithm of the density of a point with so many elements. */
  double logDensity(int dimension) {
    return -dimension * Math.log(high - low);
  }

  /**
   * Checks that the data is within the cube.
   *
   * @throws SettingException with bounds that hold it
   */
  void check(Dataset dataset) {
    int rows = Math.min(ROWS, dataset.training().size());
    double[] values =
        dataset.training().batch(IntStream.range(0, rows).toArray()).target().doubles();
    double least = Arrays.stream(values).min().orElse(low);
    double greatest = Arrays.stream(values).max().orElse(high);
    if (least < low || greatest > high) {
      boolean below = least < low;
      throw new SettingException(
          below ? "objective.low" : "objective.high",
          String.format(
              Locale.ROOT,
              "is %s, but negatives have to cover the data, whose values are from %.3g to %.3g;"
                  + " objective.low=%.0f and objective.high=%.0f expected, for example",
              below ? low : high,
              least,
              greatest,
              Math.floor(Math.min(low, least - 0.1 * (greatest - least))),
              Math.ceil(Math.max(high, greatest + 0.1 * (greatest - least)))));
    }
  }
}
