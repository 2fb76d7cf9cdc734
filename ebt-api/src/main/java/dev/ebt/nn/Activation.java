package dev.ebt.nn;

import static dev.ebt.tensor.Functions.erf;
import static dev.ebt.tensor.Functions.exp;
import static dev.ebt.tensor.Functions.maximum;
import static dev.ebt.tensor.Functions.minimum;
import static dev.ebt.tensor.Functions.sigmoid;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.tensor.Tensor;

/** The activation function of a feed-forward layer. */
public enum Activation {
  /** x · sigmoid(x) (Elfwing, Uchibe and Doya, 2017). */
  @JsonProperty("silu")
  SILU {
    @Override
    public Tensor apply(Tensor x) {
      return x.times(sigmoid(x));
    }
  },
  /** max(x, 0). Its second derivative at 0 is taken to be 0. */
  @JsonProperty("relu")
  RELU {
    @Override
    public Tensor apply(Tensor x) {
      return maximum(x, ZERO);
    }
  },
  /** ½ x (1 + erf(x/√2)) (Hendrycks and Gimpel, 2016). */
  @JsonProperty("gelu")
  GELU {
    @Override
    public Tensor apply(Tensor x) {
      return x.times(erf(x.times(Math.sqrt(0.5))).plus(1)).times(0.5);
    }
  },
  /** x for x &gt; 0, else exp(x) − 1 (Clevert, Unterthiner and Hochreiter, 2015). */
  @JsonProperty("elu")
  ELU {
    @Override
    public Tensor apply(Tensor x) {
      return maximum(x, ZERO).plus(exp(minimum(x, ZERO)).minus(1));
    }
  };

  private static final double SLOPE = 2 * Math.sqrt(2 / Math.PI);
  private static final double CUBIC = 0.044715;

  private static final Tensor ZERO = Tensor.constant(0);

  /** Applies the function, element by element. */
  public abstract Tensor apply(Tensor x);

  /**
   * Returns the published approximation of {@link #GELU}, ½x(1 + tanh u) with u = √(2/π)(x +
   * 0.044715x³), which equals x · sigmoid(2u).
   */
  public static Tensor approximateGelu(Tensor x) {
    Tensor twice = x.times(x.square().times(SLOPE * CUBIC).plus(SLOPE));
    return x.times(sigmoid(twice));
  }
}
