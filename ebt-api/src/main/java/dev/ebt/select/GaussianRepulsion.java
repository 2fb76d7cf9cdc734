package dev.ebt.select;

import static dev.ebt.tensor.Functions.exp;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.optimize.Optimizer;
import dev.ebt.tensor.Tensor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Repulsion by the gradient of a Gaussian kernel, as the second term of Stein variational gradient
 * descent (Liu and Wang, arXiv 1608.04471, equation 8), with the candidates h before this one in
 * place of particles that move at once; as hills they are those of metadynamics (Laio and
 * Parrinello, 2002):
 *
 * <pre>
 * y ← y − s σ √e Σ_h ∇_y k(y_h, y)      k(y_h, y) = exp(−d(y_h, y)² / 2σ²)
 *   = y + s Σ_h (y − y_h)/σ · exp(½ − d(y_h, y)² / 2σ²)
 * </pre>
 *
 * <p>with d the root mean square of the differences of the elements of a prediction, and ∇ times
 * their number, so that σ does not depend on it. One candidate displaces another by at most s,
 * where they are σ apart. As long as it acts, candidates rest beside a minimum that is taken;
 * without it in the last steps they end in minima.
 *
 * @param strength s, the greatest displacement by one candidate in a step, as root mean square
 *     (0.1)
 * @param width σ, in units of the candidates' elements (1)
 * @param steps the number of first steps before which candidates are displaced (all)
 */
public record GaussianRepulsion(Double strength, Double width, @Nullable Integer steps)
    implements Repulsion {
  /** Fills in defaults and rejects invalid values. */
  public GaussianRepulsion {
    strength = requireNonNullElse(strength, 0.1);
    width = requireNonNullElse(width, 1.0);
    if (!(strength > 0) || strength.isInfinite()) {
      throw SettingException.of("strength", strength, "a positive number");
    }
    if (!(width > 0) || width.isInfinite()) {
      throw SettingException.of("width", width, "a positive number");
    }
    if (steps != null && steps < 1) {
      throw SettingException.of("steps", steps, "at least 1, or null for all");
    }
  }

  @Override
  public boolean acts(int step) {
    return steps == null || step < steps;
  }

  @Override
  public Tensor displacement(Tensor candidate, Tensor earlier, int leading) {
    Tensor apart = candidate.minus(earlier).divide(width);
    int[] elements = IntStream.range(leading, candidate.shape().rank()).toArray();
    Tensor square =
        apart.square().mean(elements).reshape(Optimizer.perPrediction(candidate.shape(), leading));
    return apart.times(exp(square.negate().plus(1).divide(2)).times(strength));
  }
}
