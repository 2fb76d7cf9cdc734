package dev.ebt.optimize;

import static dev.ebt.tensor.Functions.select;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Gradient descent with backtracking: an update that increases the energy is undone, and a shorter
 * one is tried from the previous value (Armijo, 1966, with a bound of 0). For each prediction
 * separately:
 *
 * <pre>
 * E(y) ≤ E(y₀):  y₀ ← y,  s ← min(1, s·grow)      otherwise:  s ← s·shrink
 * y ← y₀ − s α ∂E/∂y₀
 * </pre>
 *
 * <p>A step receives the energy of the candidate before it, so each update is checked by the next
 * step, and the last update is not checked.
 *
 * @param shrink the factor of the step size after an increase of the energy, between 0 and 1 (0.5)
 * @param grow the factor after a decrease, 1 or more, up to the full step size (1.5)
 */
public record Backtracking(Double shrink, Double grow) implements Optimizer {
  private static final String BEST = "best";
  private static final String SLOPE = "slope";
  private static final String LOWEST = "lowest";
  private static final String FACTOR = "factor";

  /** The initial lowest energy, before any has been seen. */
  private static final double NONE = 1e30;

  /** Creates the optimizer, with defaults for absent settings, and validates the settings. */
  public Backtracking {
    shrink = requireNonNullElse(shrink, 0.5);
    grow = requireNonNullElse(grow, 1.5);
    if (!(shrink > 0 && shrink < 1)) {
      throw new SettingException("shrink", "is " + shrink + "; above 0 and below 1 expected");
    }
    if (!(grow >= 1) || grow.isInfinite()) {
      throw new SettingException("grow", "is " + grow + "; 1 or more expected");
    }
  }

  @Override
  public boolean comparesEnergies() {
    return true;
  }

  @Override
  public List<Slot> slots() {
    return List.of(
        Slot.likeValue(BEST),
        Slot.likeValue(SLOPE),
        new Slot(LOWEST, Extent.PREDICTION, NONE),
        new Slot(FACTOR, Extent.PREDICTION, 1));
  }

  @Override
  public Optimizer.Update move(Optimizer.Inputs s) {
    Tensor energy = requireNonNull(s.energy(), "parameters have no energy to compare");
    Tensor lowest = s.slot(LOWEST);
    Tensor fell = lowest.greaterOrEqual(energy);
    Tensor factor = s.slot(FACTOR);
    Tensor next =
        select(
            fell, Functions.minimum(Tensor.constant(1), factor.times(grow)), factor.times(shrink));
    Tensor best = select(fell, s.value(), s.slot(BEST));
    Tensor slope = select(fell, s.gradient(), s.slot(SLOPE));
    return new Optimizer.Update(
        best.minus(s.stepSize().times(next).times(slope)),
        Map.of(BEST, best, SLOPE, slope, LOWEST, select(fell, energy, lowest), FACTOR, next));
  }
}
