package dev.ebt.sample;

import static dev.ebt.tensor.Functions.exp;
import static dev.ebt.tensor.Functions.select;
import static dev.ebt.tensor.Functions.sqrt;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.optimize.Optimizer;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Underdamped Langevin dynamics of mass 1 by the splitting BAOAB (Leimkuhler and Matthews, 2013),
 * with one gradient for each step of size α:
 *
 * <pre>
 * v ← v − α ∂E/∂y   (half of it in the first step)
 * y ← y + ½αv;   v ← cv + √(T(1 − c²)) ε,  c = e^−γα;   y ← y + ½αv
 * </pre>
 *
 * <p>On E = ½k|y|² the variance of the candidates is T/k whatever the step; it diverges for α√k ≥
 * 2.
 *
 * @param friction γ, above 0 (1)
 * @param temperature T; 1 samples from e^−E (1)
 * @param finalTemperature the temperature after {@code annealingSteps}, if it falls (none)
 * @param annealingSteps the number of steps over which it falls (none)
 */
public record UnderdampedLangevin(
    Double friction,
    @Nullable Double temperature,
    @Nullable Double finalTemperature,
    @Nullable Integer annealingSteps)
    implements Optimizer {
  private static final String VELOCITY = "velocity";

  /** Fills in defaults and rejects invalid values. */
  public UnderdampedLangevin {
    friction = requireNonNullElse(friction, 1.0);
    temperature = Annealing.of(temperature, finalTemperature, annealingSteps).temperature();
    if (!(friction > 0) || friction.isInfinite()) {
      throw SettingException.of("friction", friction, "a positive number");
    }
  }

  @Override
  public List<Slot> slots() {
    return List.of(Slot.likeValue(VELOCITY));
  }

  @Override
  public boolean isRandom() {
    return true;
  }

  @Override
  public Update move(Inputs s) {
    Tensor heat = Annealing.of(temperature, finalTemperature, annealingSteps).at(s.step());
    Tensor first = s.step().less(Tensor.constant(1.5));
    Tensor kick = select(first, Tensor.constant(0.5), Tensor.constant(1)).times(s.stepSize());
    Tensor kicked = s.slot(VELOCITY).minus(kick.times(s.gradient()));
    Tensor half = s.stepSize().times(0.5);
    Tensor middle = s.value().plus(half.times(kicked));
    Tensor kept = exp(s.stepSize().times(-friction));
    Tensor spread = sqrt(Tensor.constant(1).minus(kept.square()).times(heat));
    Tensor noise = s.random().normal(0, s.value().shape());
    Tensor velocity = kept.times(kicked).plus(spread.times(noise));
    return new Update(middle.plus(half.times(velocity)), Map.of(VELOCITY, velocity));
  }
}
