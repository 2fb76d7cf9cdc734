package dev.ebt.core;

import dev.ebt.modality.Metric;
import dev.ebt.tensor.Tensor;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The mean over the elements of a prediction of a function of its difference from the target.
 *
 * @param name the name in reports
 */
record MeanError(String name, UnaryOperator<Tensor> function) implements Metric {
  @Override
  public Map<String, Tensor> values(Inputs inputs) {
    Tensor difference = inputs.predicted().minus(inputs.expected());
    return Map.of(name, inputs.mean(function.apply(difference)));
  }
}
