package dev.ebt.nn;

import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A normalized activation n ⊙ w + b that is read by linear maps only, so that gain and shift are
 * folded into their weights:
 *
 * <pre>
 * (n ⊙ w + b) Vᵀ = n (V ⊙ w)ᵀ + b Vᵀ
 * </pre>
 *
 * <p>This multiplies a matrix instead of every element of the activation, forward and in every
 * derivative.
 *
 * @param normal n, [..., width]
 * @param gain w, [width]; 1 if null
 * @param shift b, [width]; 0 if null
 */
public record FoldedNorm(Tensor normal, @Nullable Tensor gain, @Nullable Tensor shift) {

  /** Returns n without gain and shift. */
  static FoldedNorm of(Tensor normal) {
    return new FoldedNorm(normal, null, null);
  }

  /** Returns n ⊙ w. */
  static FoldedNorm of(Tensor normal, Tensor gain) {
    return new FoldedNorm(normal, gain, null);
  }

  /** Returns this + b, with b [width]. */
  public FoldedNorm plus(Tensor addend) {
    return new FoldedNorm(normal, gain, shift == null ? addend : shift.plus(addend));
  }

  /** Returns this ⊙ w, with w [width]. */
  public FoldedNorm times(Tensor factor) {
    return new FoldedNorm(
        normal,
        gain == null ? factor : gain.times(factor),
        shift == null ? null : shift.times(factor));
  }

  /** Computes n ⊙ w + b, for uses other than linear maps. */
  public Tensor value() {
    Tensor scaled = gain == null ? normal : normal.times(gain);
    return shift == null ? scaled : scaled.plus(shift);
  }

  /** Applies the linear map with a weight [out, width]: [..., out]. */
  Tensor linear(Tensor weight) {
    Tensor product = Linear.apply(normal, gain == null ? weight : weight.times(gain));
    if (shift == null) {
      return product;
    }
    Tensor row = shift.reshape(1, shift.shape().size(0));
    Tensor moved = Functions.matMul(row, false, weight, true);
    return product.plus(moved.reshape(Shape.of(weight.shape().size(0))));
  }

  /** Returns the size of the last axis. */
  int width() {
    return normal.shape().size(-1);
  }
}
