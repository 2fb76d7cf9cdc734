package dev.ebt.nn;

import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A stream n ⊙ w + b that only linear maps will read, so gain and shift go into their weights:
 *
 * <pre>
 * (n ⊙ w + b) Vᵀ = n (V ⊙ w)ᵀ + b Vᵀ
 * </pre>
 *
 * <p>a product with a matrix instead of one with every element of the stream, forward and in every
 * derivative.
 *
 * @param normal n, [..., width]
 * @param gain w, [width]; 1 if null
 * @param shift b, [width]; 0 if null
 */
public record FoldedNorm(Tensor normal, @Nullable Tensor gain, @Nullable Tensor shift) {

  /** n. */
  static FoldedNorm of(Tensor normal) {
    return new FoldedNorm(normal, null, null);
  }

  /** n ⊙ w. */
  static FoldedNorm of(Tensor normal, Tensor gain) {
    return new FoldedNorm(normal, gain, null);
  }

  /** This + b, with b [width]. */
  public FoldedNorm plus(Tensor addend) {
    return new FoldedNorm(normal, gain, shift == null ? addend : shift.plus(addend));
  }

  /** This ⊙ w, with w [width]. */
  public FoldedNorm times(Tensor factor) {
    return new FoldedNorm(
        normal,
        gain == null ? factor : gain.times(factor),
        shift == null ? null : shift.times(factor));
  }

  /** n ⊙ w + b itself, for whatever is no linear map. */
  public Tensor value() {
    Tensor scaled = gain == null ? normal : normal.times(gain);
    return shift == null ? scaled : scaled.plus(shift);
  }

  /** The linear map of this by a weight [out, width]: [..., out]. */
  Tensor linear(Tensor weight) {
    Tensor product = Linear.apply(normal, gain == null ? weight : weight.times(gain));
    if (shift == null) {
      return product;
    }
    Tensor row = shift.reshape(1, shift.shape().size(0));
    Tensor moved = Functions.matMul(row, false, weight, true);
    return product.plus(moved.reshape(Shape.of(weight.shape().size(0))));
  }

  /** Size of the last axis. */
  int width() {
    return normal.shape().size(-1);
  }
}
