package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Derivatives by central differences, as a reference for tests. */
public final class FiniteDifferences {
  private static final double STEP = 1e-3;
  private static final double TOLERANCE = 1e-8;

  private FiniteDifferences() {}

  /**
   * Computes ∂f/∂xᵢ ≈ (8 (f(x+h) − f(x−h)) − (f(x+2h) − f(x−2h))) / 12h for each i. The error is of
   * order h⁴, at h = 0.001 about that of rounding in double precision.
   */
  public static double[] gradient(ToDoubleFunction<double[]> f, double[] x) {
    double[] gradient = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double near = difference(f, x, i, STEP);
      double far = difference(f, x, i, 2 * STEP);
      gradient[i] = (8 * near - far) / (12 * STEP);
    }
    return gradient;
  }

  private static double difference(ToDoubleFunction<double[]> f, double[] x, int i, double step) {
    double[] up = x.clone();
    up[i] += step;
    double[] down = x.clone();
    down[i] -= step;
    return f.applyAsDouble(up) - f.applyAsDouble(down);
  }

  /**
   * Asserts, in double precision, that the first and second derivatives of a function of tensors
   * agree with differences of its values: with respect to each argument, and between arguments.
   *
   * @param function from real tensors to a real tensor, smooth within 0.002 of the point
   * @param at the point: a value for each argument
   */
  public static void check(Function<List<Tensor>, Tensor> function, List<Array> at) {
    DerivativeProgram derivatives = DerivativeProgram.of(function, at);
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = derivatives.compile(backend)) {
      Map<String, Array> here = executable.run(derivatives.inputs());
      double[] weights = derivatives.inputs().get("weights").doubles();
      for (int k = 0; k < at.size(); k++) {
        String x = "x" + k;
        double[] first =
            along(derivatives, executable, x, y -> dot(weights, y.get("value").doubles()));
        assertClose("∂f/∂" + x, here.get("gradient." + k), first);
        double[] second = along(derivatives, executable, x, y -> y.get("slope").item());
        assertClose("∂²f/∂v∂" + x, here.get("second." + k), second);
      }
      double[] mixed = along(derivatives, executable, "weights", y -> y.get("slope").item());
      assertClose("∂²f/∂v∂w", here.get("second.weights"), mixed);
    }
  }

  /**
   * Computes the gradient of a scalar function of the outputs with respect to one input of the
   * program.
   */
  private static double[] along(
      DerivativeProgram derivatives,
      Executable executable,
      String input,
      ToDoubleFunction<Map<String, Array>> number) {
    Map<String, Array> inputs = derivatives.inputs();
    Array here = inputs.get(input);
    return gradient(
        moved -> {
          inputs.put(input, Array.of(here.shape(), moved));
          return number.applyAsDouble(executable.run(inputs));
        },
        here.doubles());
  }

  private static void assertClose(String what, Array found, double[] expected) {
    double largest = 1;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(found.doubles()).as(what).containsExactly(expected, within(TOLERANCE * largest));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
