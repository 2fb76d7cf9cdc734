package dev.ebt.tensor;

import static dev.ebt.tensor.Functions.exp;

/** Element-wise functions of one real argument, with their derivatives expressed as tensors. */
public enum UnaryFunction {
  NEGATE {
    @Override
    Tensor pullback(Tensor x, Tensor y, Tensor cotangent) {
      return cotangent.negate();
    }
  },
  EXP {
    @Override
    Tensor pullback(Tensor x, Tensor y, Tensor cotangent) {
      return cotangent.times(y);
    }
  },
  LOG {
    @Override
    Tensor pullback(Tensor x, Tensor y, Tensor cotangent) {
      return cotangent.divide(x);
    }
  },
  SQUARE {
    @Override
    Tensor pullback(Tensor x, Tensor y, Tensor cotangent) {
      return cotangent.times(x.times(2));
    }
  },
  SQUARE_ROOT {
    @Override
    Tensor pullback(Tensor x, Tensor y, Tensor cotangent) {
      return cotangent.divide(y.times(2));
    }
  },
  /** 1/√x. */
  RECIPROCAL_ROOT {
    @Override
    Tensor pullback(Tensor x, Tensor y, Tensor cotangent) {
      return cotangent.times(y.times(y.square())).times(-0.5);
    }
  },
  TANH {
    @Override
    Tensor pullback(Tensor x, Tensor y, Tensor cotangent) {
      return cotangent.times(Tensor.constant(1).minus(y.square()));
    }
  },
  /** The logistic function 1/(1+e⁻ˣ). */
  SIGMOID {
    @Override
    Tensor pullback(Tensor x, Tensor y, Tensor cotangent) {
      return cotangent.times(y.minus(y.square()));
    }
  },
  /** The Gauss error function. */
  ERF {
    @Override
    Tensor pullback(Tensor x, Tensor y, Tensor cotangent) {
      return cotangent.times(exp(x.square().negate()).times(2 / Math.sqrt(Math.PI)));
    }
  },
  SINE {
    @Override
    Tensor pullback(Tensor x, Tensor y, Tensor cotangent) {
      return cotangent.times(Functions.cosine(x));
    }
  },
  COSINE {
    @Override
    Tensor pullback(Tensor x, Tensor y, Tensor cotangent) {
      return cotangent.times(Functions.sine(x)).negate();
    }
  },
  ABSOLUTE {
    @Override
    Tensor pullback(Tensor x, Tensor y, Tensor cotangent) {
      return cotangent.times(Functions.sign(x));
    }
  },
  /** The sign: −1, 0 or 1. Its derivative is 0 everywhere. */
  SIGN {
    @Override
    Tensor pullback(Tensor x, Tensor y, Tensor cotangent) {
      return Tensor.zeros(x.shape());
    }
  };

  /** Returns the cotangent of {@code x} for a cotangent of {@code y = f(x)}: cotangent · f′(x). */
  abstract Tensor pullback(Tensor x, Tensor y, Tensor cotangent);
}
