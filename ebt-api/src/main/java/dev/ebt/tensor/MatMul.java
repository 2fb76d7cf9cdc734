package dev.ebt.tensor;

import java.util.List;

/**
 * The matrix product over the last two axes, which are optionally transposed first on either side;
 * all axes before them are batch axes and equal on both sides.
 */
public record MatMul(boolean transposeLeft, boolean transposeRight) implements Op {
  @Override
  public Shape shape(List<Tensor> inputs) {
    Checks.real(name(), inputs);
    Shape left = inputs.get(0).shape();
    Shape right = inputs.get(1).shape();
    int rank = left.rank();
    String product =
        left + (transposeLeft ? "ᵀ" : "") + " · " + right + (transposeRight ? "ᵀ" : "");
    if (rank < 2
        || right.rank() != rank
        || !left.slice(0, rank - 2).equals(right.slice(0, rank - 2))) {
      throw new ShapeException(name(), product + ": batch axes differ");
    }
    int inner = left.size(transposeLeft ? -2 : -1);
    if (inner != right.size(transposeRight ? -1 : -2)) {
      throw new ShapeException(name(), product + ": inner sizes differ");
    }
    return left.slice(0, rank - 2)
        .plus(left.size(transposeLeft ? -1 : -2), right.size(transposeRight ? -2 : -1));
  }

  /** For Y = op(A)·op(B), returns dA = G·op(B)ᵀ and dB = op(A)ᵀ·G, transposed where A or B was. */
  @Override
  public List<Tensor> pullback(Tensor y, Tensor cotangent) {
    Tensor a = y.input(0);
    Tensor b = y.input(1);
    Tensor toA =
        transposeLeft
            ? Functions.matMul(b, transposeRight, cotangent, true)
            : Functions.matMul(cotangent, false, b, !transposeRight);
    Tensor toB =
        transposeRight
            ? Functions.matMul(cotangent, true, a, transposeLeft)
            : Functions.matMul(a, !transposeLeft, cotangent, false);
    return List.of(toA, toB);
  }

  @Override
  public <R> R accept(Visitor<R> visitor, Tensor tensor) {
    return visitor.matMul(this, tensor);
  }
}
