package example.curve;

import dev.ebt.modality.Metric;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;
import java.util.Map;

/**
 * The share of predictions on the upper branch, and the balance of both branches: 1 where either is
 * predicted as often as the other, 0 where only one is.
 */
public record UpperBranch() implements Metric {
  private static final String SHARE = "upper";

  /** Returns 1 for a prediction above 0, and 0 for another; reports give the mean, the share. */
  @Override
  public Map<String, Tensor> values(Inputs inputs) {
    Tensor above = Functions.real(inputs.candidate().greaterOrEqual(Tensor.constant(0)));
    return Map.of(SHARE, inputs.mean(above));
  }

  @Override
  public Map<String, Double> summary(Map<String, Double> means) {
    double share = means.getOrDefault(SHARE, 0.5);
    return Map.of("balance", 1 - Math.abs(2 * share - 1));
  }
}
