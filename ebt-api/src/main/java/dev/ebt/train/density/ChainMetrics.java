package dev.ebt.train.density;

import static dev.ebt.tensor.Functions.real;

import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;
import java.util.Map;
import java.util.stream.IntStream;

/** Metrics of the chains that an objective samples in training. */
public final class ChainMetrics {
  /** The share of predictions whose chain ended elsewhere than it began. */
  public static final String MOVED = "chainsMoved";

  /** The share of predictions whose chain is lost: an element of where it ended is {@link #FAR}. */
  public static final String LOST = "chainsLost";

  /** The magnitude of an element from which on a chain is lost. */
  public static final double FAR = 1e6;

  private ChainMetrics() {}

  /**
   * Returns both for each prediction, 0 or 1, [rows, predictions...].
   *
   * @param begun where chains began, [rows, predictions..., elements...]
   * @param ended where they ended
   * @param leading the number of axes of rows and predictions
   */
  static Map<String, Tensor> of(Tensor begun, Tensor ended, int leading) {
    int[] elements = IntStream.range(leading, ended.shape().rank()).toArray();
    Tensor moved = ended.minus(begun).square().sum(elements);
    Tensor near = real(Functions.absolute(ended).less(Tensor.constant(FAR))); // 0 for NaN, too
    Tensor far = near.negate().plus(1).sum(elements);
    return Map.of(
        MOVED, real(Tensor.constant(0).less(moved)), LOST, real(Tensor.constant(0).less(far)));
  }
}
