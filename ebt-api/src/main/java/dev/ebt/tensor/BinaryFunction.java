package dev.ebt.tensor;

import java.util.List;

/** Element-wise functions of two arguments, with their derivatives expressed as tensors. */
public enum BinaryFunction {
  ADD {
    @Override
    List<Tensor> pullback(Tensor a, Tensor b, Tensor cotangent) {
      return List.of(cotangent, cotangent);
    }
  },
  SUBTRACT {
    @Override
    List<Tensor> pullback(Tensor a, Tensor b, Tensor cotangent) {
      return List.of(cotangent, cotangent.negate());
    }
  },
  MULTIPLY {
    @Override
    List<Tensor> pullback(Tensor a, Tensor b, Tensor cotangent) {
      return List.of(cotangent.times(b), cotangent.times(a));
    }
  },
  DIVIDE {
    @Override
    List<Tensor> pullback(Tensor a, Tensor b, Tensor cotangent) {
      Tensor overB = cotangent.divide(b);
      return List.of(overB, overB.times(a.divide(b)).negate());
    }
  },
  /** The larger of the two; for equal arguments the gradient goes to the first. */
  MAXIMUM {
    @Override
    List<Tensor> pullback(Tensor a, Tensor b, Tensor cotangent) {
      return choose(a.greaterOrEqual(b), cotangent);
    }
  },
  /** The smaller of the two; for equal arguments the gradient goes to the first. */
  MINIMUM {
    @Override
    List<Tensor> pullback(Tensor a, Tensor b, Tensor cotangent) {
      return choose(b.greaterOrEqual(a), cotangent);
    }
  };

  /**
   * Returns the cotangents of a and b, before summing over the axes along which each was broadcast.
   */
  abstract List<Tensor> pullback(Tensor a, Tensor b, Tensor cotangent);

  private static List<Tensor> choose(Tensor first, Tensor cotangent) {
    Tensor nothing = Tensor.zeros(cotangent.shape());
    return List.of(
        Functions.select(first, cotangent, nothing), Functions.select(first, nothing, cotangent));
  }
}
