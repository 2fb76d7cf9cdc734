package dev.ebt.nn;

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
 * derivative. Nothing is folded where each row has a gain and shift of its own, and where the
 * activation is smaller than the weight, as it is for a single element in generation.
 *
 * @param normal n, [..., width]; with one gain per row [rows, positions, width]
 * @param gain w, [width], or [rows, width], where a single row stands for all rows; 1 if null
 * @param shift b, likewise; 0 if null
 */
public record FoldedNorm(Tensor normal, @Nullable Tensor gain, @Nullable Tensor shift) {

  /** Returns n without gain and shift. */
  public static FoldedNorm of(Tensor normal) {
    return new FoldedNorm(normal, null, null);
  }

  /** Returns n ⊙ w. */
  static FoldedNorm of(Tensor normal, Tensor gain) {
    return new FoldedNorm(normal, gain, null);
  }

  /** Returns this + b. */
  public FoldedNorm plus(Tensor addend) {
    return new FoldedNorm(normal, gain, shift == null ? addend : shift.plus(addend));
  }

  /** Returns this ⊙ w. */
  public FoldedNorm times(Tensor factor) {
    return new FoldedNorm(
        normal,
        gain == null ? factor : gain.times(factor),
        shift == null ? null : shift.times(factor));
  }

  /** Returns this ⊙ (1 + scale) + shift: a modulated norm. */
  public FoldedNorm modulated(Tensor addend, Tensor scale) {
    return times(scale.plus(1)).plus(addend);
  }

  /** Computes n ⊙ w + b, for uses other than linear maps. */
  public Tensor value() {
    Tensor scaled = gain == null ? normal : normal.times(overPositions(gain));
    return shift == null ? scaled : scaled.plus(overPositions(shift));
  }

  /**
   * Returns the same activation without gain and shift where a linear map with this number of
   * outputs would not fold them into its weight: so that several maps read one tensor, whose
   * gradients are added before they pass gain and norm.
   *
   * @param outputs the least number of outputs of the maps that read it
   */
  public FoldedNorm beforeMaps(int outputs) {
    return (long) outputs * width() > normal.shape().elements() ? of(value()) : this;
  }

  /** Applies the linear map with a weight [out, width]: [..., out]. */
  Tensor linear(Tensor weight) {
    return linear(weight, null);
  }

  /** Applies the linear map with a weight [out, width] and a bias [out]: [..., out]. */
  public Tensor linear(Tensor weight, @Nullable Tensor bias) {
    boolean smaller = normal.shape().elements() < weight.shape().elements();
    if (smaller || perRow(gain) || perRow(shift)) {
      Tensor mapped = Linear.apply(value(), weight);
      return bias == null ? mapped : mapped.plus(bias);
    }
    Tensor product = Linear.apply(normal, gain == null ? weight : weight.times(gain));
    if (shift == null) {
      return bias == null ? product : product.plus(bias);
    }
    Tensor moved = Linear.apply(shift, weight);
    return product.plus(bias == null ? moved : moved.plus(bias));
  }

  private static boolean perRow(@Nullable Tensor vectors) {
    return vectors != null && vectors.shape().rank() == 2 && vectors.shape().size(0) != 1;
  }

  /** Returns vectors in a shape that broadcasts over the positions of their rows. */
  private static Tensor overPositions(Tensor vectors) {
    Shape shape = vectors.shape();
    return perRow(vectors) ? vectors.reshape(shape.size(0), 1, shape.size(1)) : vectors;
  }

  /** Returns the size of the last axis. */
  int width() {
    return normal.shape().size(-1);
  }
}
