package dev.ebt.nn;

import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * An adaptive layer norm, x̂ ⊙ (1 + scale) + shift with x̂ = {@link LayerNorm} of x, where shift
 * and scale are computed from a condition (Peebles and Xie, "Scalable diffusion models with
 * transformers", 2023).
 *
 * <p>Always followed by linear maps. With one condition for all rows, shift and scale are folded
 * into the weights of these maps, as in {@link FoldedNorm}: (x̂ ⊙ a + s)Wᵀ = x̂(W ⊙ a)ᵀ + sWᵀ.
 *
 * @param normal x̂, [rows, positions, width]
 * @param shift [rows, width], or [1, width] for all rows
 * @param scale [rows, width], or [1, width] for all rows
 */
public record AdaptiveNorm(Tensor normal, Tensor shift, Tensor scale) {

  /** Returns the adaptive norm of x, [rows, positions, width]. */
  public static AdaptiveNorm of(Tensor x, Tensor shift, Tensor scale) {
    return new AdaptiveNorm(LayerNorm.apply(x), shift, scale);
  }

  /** Applies a linear map to the norm: [rows, positions, out]. */
  public Tensor linear(Tensor weight, @Nullable Tensor bias) {
    if (shift.shape().size(0) != 1) {
      Tensor modulated = normal.times(overPositions(scale).plus(1)).plus(overPositions(shift));
      Tensor mapped = Linear.apply(modulated, weight);
      return bias == null ? mapped : mapped.plus(bias);
    }
    Tensor moved = Linear.apply(shift, weight);
    return Linear.apply(normal, weight.times(scale.plus(1)))
        .plus(bias == null ? moved : moved.plus(bias));
  }

  /**
   * Applies a linear map followed by a gate: gate ⊙ (xWᵀ + b).
   *
   * @param gate [rows, out], or [1, out] for all rows
   */
  public static Tensor gated(Tensor gate, Tensor x, Tensor weight, Tensor bias) {
    if (gate.shape().size(0) != 1) {
      return Linear.apply(x, weight).plus(bias).times(overPositions(gate));
    }
    int out = gate.shape().size(1);
    return Linear.apply(x, weight.times(gate.reshape(out, 1))).plus(bias.times(gate));
  }

  private static Tensor overPositions(Tensor modulation) {
    Shape shape = modulation.shape();
    return modulation.reshape(shape.size(0), 1, shape.size(1));
  }
}
