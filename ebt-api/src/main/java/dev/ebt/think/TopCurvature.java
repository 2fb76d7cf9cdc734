package dev.ebt.think;

import dev.ebt.tensor.Array;
import java.util.function.Supplier;

/**
 * The largest curvature of the energy around the candidates of a thinking session: see {@link
 * CurvatureEstimator#largest}.
 *
 * <p>Near a minimum a step of gradient descent multiplies the distance along an eigenvector by 1 −
 * αλ. αλ = 1 reaches the minimum in one step, and above 2 each step leads further away from it.
 *
 * @param eigenvalues λ, the largest eigenvalue, [rows, predictions...]; negative where the energy
 *     is curved downwards in all directions
 * @param stepSizes α of the next step, [rows, predictions...]
 * @param directions returns the eigenvectors, of length 1 for each prediction, [rows,
 *     candidate...]; zeros where the energy is flat. It reads from the device, and only until the
 *     session computes a curvature again or is closed
 */
public record TopCurvature(Array eigenvalues, Array stepSizes, Supplier<Array> directions) {
  /** Returns αλ, [rows, predictions...]. */
  public Array stability() {
    double[] values = eigenvalues.doubles();
    double[] sizes = stepSizes.doubles();
    double[] products = new double[values.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = values[i] * sizes[i];
    }
    return Array.of(eigenvalues.shape(), products);
  }
}
