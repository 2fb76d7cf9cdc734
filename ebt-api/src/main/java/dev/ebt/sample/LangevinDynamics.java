package dev.ebt.sample;

import static dev.ebt.tensor.Functions.sqrt;

import dev.ebt.optimize.Optimizer;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Overdamped Langevin dynamics, unadjusted (Roberts and Tweedie, 1996):
 *
 * <pre>
 * y ← y − α ∂E/∂y + √(2αT) ε      ε ~ N(0, I)
 * </pre>
 *
 * <p>For small α the candidates are samples of e^(−E/T). On E = ½k|y|² their variance is T/k / (1 −
 * αk/2); the step diverges for αk ≥ 2.
 *
 * @param temperature T; 1 samples from e^−E, 0 is gradient descent (1)
 * @param finalTemperature the temperature after {@code annealingSteps}, if it falls (none)
 * @param annealingSteps the number of steps over which it falls (none)
 */
public record LangevinDynamics(
    @Nullable Double temperature,
    @Nullable Double finalTemperature,
    @Nullable Integer annealingSteps)
    implements Optimizer {

  /** Rejects invalid values. */
  public LangevinDynamics {
    temperature = Annealing.of(temperature, finalTemperature, annealingSteps).temperature();
  }

  @Override
  public List<Slot> slots() {
    return List.of();
  }

  @Override
  public boolean isRandom() {
    return true;
  }

  @Override
  public Update move(Inputs s) {
    Tensor heat = Annealing.of(temperature, finalTemperature, annealingSteps).at(s.step());
    Tensor noise = s.random().normal(0, s.value().shape());
    Tensor moved = s.value().minus(s.stepSize().times(s.gradient()));
    return new Update(moved.plus(sqrt(s.stepSize().times(heat).times(2)).times(noise)), Map.of());
  }
}
