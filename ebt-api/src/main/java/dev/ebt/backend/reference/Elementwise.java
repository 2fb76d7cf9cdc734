package dev.ebt.backend.reference;

import dev.ebt.tensor.BinaryFunction;
import dev.ebt.tensor.Pointwise.Comparison;
import dev.ebt.tensor.UnaryFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

/** The elementwise functions and comparisons of one or two numbers. */
final class Elementwise {
  private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

  private Elementwise() {}

  static DoubleUnaryOperator of(UnaryFunction function) {
    return switch (function) {
      case NEGATE -> x -> -x;
      case EXP -> Math::exp;
      case LOG -> Math::log;
      case SQUARE -> x -> x * x;
      case SQUARE_ROOT -> Math::sqrt;
      case RECIPROCAL_ROOT -> x -> 1 / Math.sqrt(x);
      case TANH -> Math::tanh;
      case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
      case ERF -> Elementwise::erf;
      case SINE -> Math::sin;
      case COSINE -> Math::cos;
      case ABSOLUTE -> Math::abs;
      case SIGN -> Math::signum;
    };
  }

  static double[] of(BinaryFunction function, double[] a, double[] b) {
    DoubleBinaryOperator operator = real(function);
    double[] y = new double[a.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = operator.applyAsDouble(a[i], b[i]);
    }
    return y;
  }

  static long[] of(BinaryFunction function, long[] a, long[] b) {
    LongBinaryOperator operator = whole(function);
    long[] y = new long[a.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = operator.applyAsLong(a[i], b[i]);
    }
    return y;
  }

  static boolean holds(Comparison comparison, double a, double b) {
    return switch (comparison) {
      case EQUAL -> a == b;
      case LESS -> a < b;
      case GREATER_OR_EQUAL -> a >= b;
    };
  }

  static boolean holds(Comparison comparison, long a, long b) {
    return switch (comparison) {
      case EQUAL -> a == b;
      case LESS -> a < b;
      case GREATER_OR_EQUAL -> a >= b;
    };
  }

  private static DoubleBinaryOperator real(BinaryFunction function) {
    return switch (function) {
      case ADD -> (a, b) -> a + b;
      case SUBTRACT -> (a, b) -> a - b;
      case MULTIPLY -> (a, b) -> a * b;
      case DIVIDE -> (a, b) -> a / b;
      case MAXIMUM -> Math::max;
      case MINIMUM -> Math::min;
    };
  }

  /**
   * Returns the function on integers: sums and products wrap around at 64 bits; quotients are
   * rounded towards zero.
   */
  private static LongBinaryOperator whole(BinaryFunction function) {
    return switch (function) {
      case ADD -> (a, b) -> a + b;
      case SUBTRACT -> (a, b) -> a - b;
      case MULTIPLY -> (a, b) -> a * b;
      case DIVIDE -> (a, b) -> a / b;
      case MAXIMUM -> Math::max;
      case MINIMUM -> Math::min;
    };
  }

  /**
   * Returns erf x = 2/√π · e^(−x²) · Σₙ 2ⁿ x²ⁿ⁺¹ / (2n+1)!! (Abramowitz and Stegun 7.1.6), whose
   * terms all have the same sign, so that there is no cancellation. From |x| = 6 on it is ±1 in
   * double precision.
   */
  static double erf(double x) {
    if (Math.abs(x) >= 6) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return TWO_OVER_ROOT_PI * Math.exp(-x * x) * sum;
  }
}
