package dev.ebt.optimize;

import static dev.ebt.tensor.Functions.minimum;
import static dev.ebt.tensor.Functions.rsqrt;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * Clipping of a gradient by its Euclidean norm, g ← g · min(1, c/‖g‖): per prediction for a
 * candidate, as a whole for a parameter.
 *
 * @param norm the maximum norm c, positive
 */
public record ClipByNorm(double norm) implements GradientTransform {
  /** Keeps the norm's reciprocal, and its derivative, finite for a gradient of 0. */
  private static final double SMALL = 1e-30;

  /** Creates the transform and validates its setting. */
  public ClipByNorm {
    if (!(norm > 0) || Double.isInfinite(norm)) {
      throw SettingException.of("norm", norm, "a positive number");
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
