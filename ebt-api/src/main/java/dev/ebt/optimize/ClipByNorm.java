package dev.ebt.optimize;

import static dev.ebt.tensor.Functions.minimum;
import static dev.ebt.tensor.Functions.rsqrt;

import dev.ebt.error.UserException;
import dev.ebt.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * A bound on the Euclidean norm of a gradient, g ← g · min(1, c/‖g‖): of each prediction by itself,
 * of a parameter as a whole.
 *
 * @param norm c, positive
 */
public record ClipByNorm(double norm) implements GradientTransform {
  /** Keeps the root of a gradient of 0, and its derivative, finite. */
  private static final double SMALL = 1e-30;

  /** Refuses what has no meaning. */
  public ClipByNorm {
    if (!(norm > 0) || Double.isInfinite(norm)) {
      throw new UserException("norm is " + norm + "; a positive number expected");
    }
  }

  @Override
  public Transformed transform(Optimizer.Inputs s) {
    Tensor g = s.gradient();
    int[] axes = IntStream.range(s.leading(), g.shape().rank()).toArray();
    Tensor square = g.square().sumKeeping(axes).plus(SMALL);
    return Transformed.of(g.times(minimum(Tensor.constant(1), rsqrt(square).times(norm))));
  }
}
