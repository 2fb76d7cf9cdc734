package dev.ebt.nn;

import dev.ebt.tensor.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The initial values of a parameter. */
@FunctionalInterface
public interface Initializer {
  /** Returns values for every element of the shape; random ones are drawn from the generator. */
  float[] values(Shape shape, RandomGenerator random);

  /** Returns an initializer that sets every element to the same number. */
  static Initializer constant(double value) {
    return (shape, random) -> {
      float[] values = new float[shape.elements()];
      Arrays.fill(values, (float) value);
      return values;
    };
  }

  /** Returns an initializer of independent normal numbers of mean 0. */
  static Initializer normal(double standardDeviation) {
    return (shape, random) -> {
      float[] values = new float[shape.elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (standardDeviation * random.nextGaussian());
      }
      return values;
    };
  }

  /** Returns an initializer of independent numbers, uniform between −bound and bound. */
  static Initializer uniform(double bound) {
    return (shape, random) -> {
      float[] values = new float[shape.elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (bound * (2 * random.nextDouble() - 1));
      }
      return values;
    };
  }

  /**
   * Returns the Xavier (Glorot) normal initializer of a weight [out, in]: standard deviation
   * √(2/(in+out)).
   */
  static Initializer xavierNormal() {
    return (shape, random) ->
        normal(Math.sqrt(2.0 / (shape.size(0) + shape.size(1)))).values(shape, random);
  }

  /**
   * Returns the Xavier (Glorot) uniform initializer of a weight [out, in] or a kernel [out, in...]:
   * bound √(6/(in+out)).
   */
  static Initializer xavierUniform() {
    return (shape, random) -> {
      int in = shape.elements() / shape.size(0);
      return uniform(Math.sqrt(6.0 / (shape.size(0) + in))).values(shape, random);
    };
  }
}
