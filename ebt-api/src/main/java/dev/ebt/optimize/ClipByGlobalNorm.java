package dev.ebt.optimize;

import static dev.ebt.tensor.Functions.minimum;
import static dev.ebt.tensor.Functions.sqrt;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Tensor;
import java.util.List;

/**
 * Clipping of all gradients together by the Euclidean norm of all their elements (Pascanu et al.,
 * "On the difficulty of training recurrent neural networks", ICML 2013): g ← g · min(1, c/‖g‖).
 * Predictions are independent, so that each candidate is clipped by its own norm, as by {@link
 * ClipByNorm}.
 *
 * @param norm the maximum norm c, positive
 */
public record ClipByGlobalNorm(double norm) implements GradientTransform {
  /** Creates the transform and validates its setting. */
  public ClipByGlobalNorm {
    if (!(norm > 0) || Double.isInfinite(norm)) {
      throw SettingException.of(
          "norm", norm, "a positive number, or clip=identity for no clipping,");
    }
  }

  /** Returns the common factor of all gradients, given the norm of all their elements. */
  public Tensor factor(Tensor globalNorm) {
    return minimum(Tensor.constant(1), Tensor.constant(norm).divide(globalNorm));
  }

  @Override
  public Transformed transform(Optimizer.Inputs s) {
    return s.leading() == 0 ? transformAll(List.of(s)).get(0) : new ClipByNorm(norm).transform(s);
  }

  @Override
  public List<Transformed> transformAll(List<Optimizer.Inputs> all) {
    if (all.stream().anyMatch(s -> s.leading() > 0)) {
      return all.stream().map(this::transform).toList();
    }
    Tensor square =
        all.stream().map(s -> s.gradient().square().sum()).reduce(Tensor::plus).orElseThrow();
    Tensor factor = factor(sqrt(square));
    return all.stream().map(s -> Transformed.of(s.gradient().times(factor))).toList();
  }
}
