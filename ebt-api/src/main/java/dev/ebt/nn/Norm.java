package dev.ebt.nn;

import static dev.ebt.tensor.Functions.rsqrt;

import dev.ebt.nn.ParameterSpec.Traits;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/** A normalization applied before the linear maps of a block. */
public sealed interface Norm {
  /** ε of the norms with a gain. */
  double EPSILON = 1e-5;

  /** Returns (x − mean) / √(variance + ε) along the last axis. */
  static Tensor standardized(Tensor x, double epsilon) {
    return scaled(x.minus(x.meanKeeping(-1)), epsilon);
  }

  /**
   * Returns the layer norm of x with ε = 10⁻⁶ and without gain and bias, to which a {@link
   * Modulation} adds them (Peebles and Xie, "Scalable diffusion models with transformers", 2023).
   */
  static FoldedNorm adaptive(Tensor x) {
    return FoldedNorm.of(standardized(x, 1e-6));
  }

  /**
   * Returns the norm of x along its last axis.
   *
   * @param name the parameters are {@code name.weight}, {@code name.bias}, …
   */
  FoldedNorm of(Tensor x, String name, Parameters parameters);

  /**
   * Returns the norm after the last block. Its bias is the same for every candidate, so it cannot
   * be learned.
   */
  default FoldedNorm last(Tensor x, String name, Parameters parameters) {
    return of(x, name, parameters);
  }

  /** x / √(mean(x²) + ε) ⊙ w with ε = 10⁻⁵ (Zhang and Sennrich, 2019). */
  record Rms() implements Norm {
    @Override
    public FoldedNorm of(Tensor x, String name, Parameters parameters) {
      return FoldedNorm.of(scaled(x, EPSILON), gain(x, name, parameters));
    }
  }

  /** (x − mean) / √(variance + ε) ⊙ w + b with ε = 10⁻⁵ (Ba, Kiros and Hinton, 2016). */
  record Layer() implements Norm {
    @Override
    public FoldedNorm of(Tensor x, String name, Parameters parameters) {
      return FoldedNorm.of(standardized(x, EPSILON), gain(x, name, parameters))
          .plus(bias(x, name, parameters, Traits.WEIGHT.undecayed()));
    }
  }

  /** The identity. */
  record None() implements Norm {
    @Override
    public FoldedNorm of(Tensor x, String name, Parameters parameters) {
      return FoldedNorm.of(x);
    }
  }

  /**
   * tanh(a x) ⊙ w + b with a scalar a (Zhu et al., "Transformers without normalization", 2025). The
   * bias of the last norm is frozen at 0, as in the published implementation.
   *
   * @param alpha initial value of a
   */
  record DynamicTanh(double alpha) implements Norm {
    @Override
    public FoldedNorm of(Tensor x, String name, Parameters parameters) {
      return of(x, name, parameters, Traits.WEIGHT.undecayed());
    }

    @Override
    public FoldedNorm last(Tensor x, String name, Parameters parameters) {
      return of(x, name, parameters, Traits.FROZEN);
    }

    private FoldedNorm of(Tensor x, String name, Parameters parameters, Traits bias) {
      Tensor a = parameters.undecayed(name + ".alpha", Shape.of(1), Initializer.constant(alpha));
      return FoldedNorm.of(Functions.tanh(x.times(a)), gain(x, name, parameters))
          .plus(bias(x, name, parameters, bias));
    }
  }

  private static Tensor scaled(Tensor x, double epsilon) {
    return x.times(rsqrt(x.square().meanKeeping(-1).plus(epsilon)));
  }

  private static Tensor gain(Tensor x, String name, Parameters parameters) {
    return parameters.undecayed(
        name + ".weight", Shape.of(x.shape().size(-1)), Initializer.constant(1));
  }

  private static Tensor bias(Tensor x, String name, Parameters parameters, Traits traits) {
    return parameters.get(
        name + ".bias", Shape.of(x.shape().size(-1)), Initializer.constant(0), traits);
  }
}
