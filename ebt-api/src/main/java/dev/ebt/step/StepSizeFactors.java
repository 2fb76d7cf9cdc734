package dev.ebt.step;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/**
 * Factors on α in the steps of a trained model, f α ∂E/∂y, by landscape. The published code has
 * them as {@code infer_ebt_override_alpha}, in all landscapes or ({@code
 * infer_alpha_final_landscape}) in the last one.
 *
 * @param factors of the first landscapes; the last of them holds for all further ones. Empty where
 *     steps have the size α
 */
record StepSizeFactors(List<Double> factors) {
  /**
   * Checks the factors of a configuration.
   *
   * @throws SettingException if one is not positive, or there are more than landscapes
   */
  static List<Double> checked(List<Double> factors, int landscapes) {
    for (Double factor : factors) {
      if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
        throw SettingException.of("thinking.stepSizeFactors", factors, "positive numbers");
      }
    }
    if (factors.size() > landscapes) {
      throw new SettingException(
          "thinking.stepSizeFactors",
          String.format(
              Locale.ROOT,
              "has %d numbers, and thinking.landscapes is %d; at most one for each landscape"
                  + " expected",
              factors.size(),
              landscapes));
    }
    return List.copyOf(factors);
  }

  /**
   * Returns the size of a step in a landscape.
   *
   * @param stepSize α, a scalar or [rows, predictions...]
   * @param landscape its number, an integer scalar below {@code landscapes}
   */
  Tensor in(Tensor landscape, int landscapes, Tensor stepSize) {
    if (factors.isEmpty()) {
      return stepSize;
    }
    double[] each = new double[landscapes];
    for (int i = 0; i < landscapes; i++) {
      each[i] = factors.get(Math.min(i, factors.size() - 1));
    }
    Tensor table = Tensor.constant(Array.of(Shape.of(landscapes), each));
    return stepSize.times(Functions.gather(table, landscape));
  }
}
