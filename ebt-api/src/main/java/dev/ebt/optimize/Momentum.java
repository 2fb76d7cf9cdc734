package dev.ebt.optimize;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.optimize.Optimizer.Slot;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Momentum (Polyak, 1964), v ← μv + g, which replaces the gradient by v; or by g + μv, the form of
 * Nesterov's accelerated gradient that needs no gradient at another point (Sutskever et al., 2013).
 *
 * @param momentum μ, 0 or more and below 1 (0.9)
 * @param nesterov whether to use Nesterov momentum (false)
 */
public record Momentum(Double momentum, Boolean nesterov) implements GradientTransform {
  private static final String VELOCITY = "velocity";

  /** Creates the transform, with defaults for absent settings, and validates the settings. */
  public Momentum {
    momentum = requireNonNullElse(momentum, 0.9);
    nesterov = requireNonNullElse(nesterov, false);
    if (!(momentum >= 0 && momentum < 1)) {
      throw new SettingException("momentum", "is " + momentum + "; 0 or more and below 1 expected");
    }
  }

  @Override
  public List<Slot> slots() {
    return List.of(Slot.likeValue(VELOCITY));
  }

  @Override
  public Transformed transform(Optimizer.Inputs s) {
    Tensor velocity = s.slot(VELOCITY).times(momentum).plus(s.gradient());
    Tensor gradient = nesterov ? s.gradient().plus(velocity.times(momentum)) : velocity;
    return new Transformed(gradient, Map.of(VELOCITY, velocity));
  }
}
