package dev.ebt.optimize;

import static dev.ebt.tensor.Functions.sqrt;
import static dev.ebt.tensor.Functions.tanh;

import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled weight decay regularization",
 * ICLR 2019):
 *
 * <pre>
 * m ← β₁m + (1−β₁)g      v ← β₂v + (1−β₂)g²
 * y ← y − η (m/(1−β₁ᵗ) / (√(v/(1−β₂ᵗ)) + ε) + λy)
 * </pre>
 *
 * @param beta1 β₁, the decay rate of the running mean of gradients
 * @param beta2 β₂, the decay rate of the running mean of squared gradients
 * @param epsilon ε, which keeps the division finite
 * @param weightDecay λ, the weight decay
 */
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {
  @Override
  public List<Slot> slots() {
    return List.of(Slot.likeValue("mean"), Slot.likeValue("square"));
  }

  @Override
  public Optimizer.Update move(Optimizer.Inputs s) {
    Tensor g = s.gradient();
    Tensor mean = s.slot("mean").times(beta1).plus(g.times(1 - beta1));
    Tensor square = s.slot("square").times(beta2).plus(g.square().times(1 - beta2));
    Tensor root = sqrt(square.divide(oneMinusPower(beta2, s.step()))).plus(epsilon);
    Tensor rate = s.stepSize().divide(oneMinusPower(beta1, s.step()));
    Tensor decayed =
        s.decayed() && weightDecay != 0
            ? s.value().times(Tensor.constant(1).minus(s.stepSize().times(weightDecay)))
            : s.value();
    return new Optimizer.Update(
        decayed.minus(mean.times(rate).divide(root)), Map.of("mean", mean, "square", square));
  }

  /**
   * Returns 1 − βᵗ as −2h/(1−h) with h = tanh(t·ln β / 2), which stays precise where βᵗ is close to
   * 1.
   */
  private static Tensor oneMinusPower(double beta, Tensor t) {
    Tensor h = tanh(t.times(Math.log(beta) / 2));
    return h.times(-2).divide(Tensor.constant(1).minus(h));
  }
}
