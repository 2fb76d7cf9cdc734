package dev.ebt.testing;

import static dev.ebt.testing.BackendUnderTest.reals;
import static dev.ebt.testing.BackendUnderTest.wholes;
import static dev.ebt.testing.TestArrays.positive;
import static dev.ebt.testing.TestArrays.spaced;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.BinaryFunction;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Pointwise;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.UnaryFunction;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Tests of element-wise operations against explicit expected values. */
interface ElementwiseContract extends BackendUnderTest {
  @Test
  default void functionsOfOneNumber() {
    Map<UnaryFunction, DoubleUnaryOperator> expected =
        Map.ofEntries(
            Map.entry(UnaryFunction.NEGATE, x -> -x),
            Map.entry(UnaryFunction.EXP, Math::exp),
            Map.entry(UnaryFunction.LOG, Math::log),
            Map.entry(UnaryFunction.SQUARE, x -> x * x),
            Map.entry(UnaryFunction.SQUARE_ROOT, x -> Math.pow(x, 0.5)),
            Map.entry(UnaryFunction.RECIPROCAL_ROOT, x -> Math.pow(x, -0.5)),
            Map.entry(UnaryFunction.TANH, x -> 1 - 2 / (Math.exp(2 * x) + 1)),
            Map.entry(UnaryFunction.SIGMOID, x -> Math.exp(x) / (1 + Math.exp(x))),
            Map.entry(UnaryFunction.SINE, Math::sin),
            Map.entry(UnaryFunction.COSINE, Math::cos),
            Map.entry(UnaryFunction.ABSOLUTE, x -> x < 0 ? -x : x),
            Map.entry(UnaryFunction.SIGN, x -> x < 0 ? -1 : 1));
    expected.forEach(
        (function, operator) -> {
          for (int[] sizes : new int[][] {{}, {7}, {3, 1, 5}}) {
            Array x = positive(1, sizes);
            double[] y = Arrays.stream(x.doubles()).map(operator).toArray();
            Array found = value(xs -> Tensor.of(new Pointwise.Unary(function), xs), x);
            assertClose(function.name(), found, Array.of(x.shape(), y));
          }
        });
  }

  @Test
  default void functionsOfNegativeAndOfLargeNumbers() {
    assertReals(value(xs -> Functions.sign(xs.get(0)), reals(-2, 0, 3)), -1, 0, 1);
    assertReals(value(xs -> Functions.absolute(xs.get(0)), reals(-2, 0, 3)), 2, 0, 3);
    assertReals(value(xs -> Functions.tanh(xs.get(0)), reals(-50, 0, 50)), -1, 0, 1);
    assertReals(value(xs -> Functions.sigmoid(xs.get(0)), reals(-1000, 0, 1000)), 0, 0.5, 1);
    assertReals(value(xs -> Functions.exp(xs.get(0)), reals(-1000, 0, 1)), 0, 1, Math.E);
    assertReals(
        value(xs -> Functions.erf(xs.get(0)), reals(-10, -1.5, 0, 0.5, 1, 2, 3, 10)),
        -1,
        -0.9661051464753108,
        0,
        0.5204998778130465,
        0.8427007929497149,
        0.9953222650189527,
        0.9999779095030014,
        1);
  }

  @Test
  default void functionsOfTwoNumbersAreBroadcast() {
    Map<BinaryFunction, DoubleBinaryOperator> expected =
        Map.of(
            BinaryFunction.ADD, (a, b) -> a + b,
            BinaryFunction.SUBTRACT, (a, b) -> a - b,
            BinaryFunction.MULTIPLY, (a, b) -> a * b,
            BinaryFunction.DIVIDE, (a, b) -> a / b,
            BinaryFunction.MAXIMUM, (a, b) -> a > b ? a : b,
            BinaryFunction.MINIMUM, (a, b) -> a < b ? a : b);
    Array a = spaced(2, 2, 1, 3);
    Array b = positive(3, 4, 1);
    expected.forEach(
        (function, operator) -> {
          double[] y = new double[24];
          for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 4; j++) {
              for (int k = 0; k < 3; k++) {
                y[(i * 4 + j) * 3 + k] = operator.applyAsDouble(a.real(i * 3 + k), b.real(j));
              }
            }
          }
          Array found = value(xs -> Tensor.of(new Pointwise.Binary(function), xs), a, b);
          assertClose(function.name(), found, Array.of(Shape.of(2, 4, 3), y));
        });
  }

  @Test
  default void wholeNumbersHaveArithmetic() {
    Array a = wholes(7, -7, 1L << 40);
    Array b = wholes(2, 2, 3);
    assertWholes(value(xs -> xs.get(0).plus(xs.get(1)), a, b), 9, -5, (1L << 40) + 3);
    assertWholes(value(xs -> xs.get(0).minus(xs.get(1)), a, b), 5, -9, (1L << 40) - 3);
    assertWholes(value(xs -> xs.get(0).times(xs.get(1)), a, b), 14, -14, 3L << 40);
    assertWholes(value(xs -> xs.get(0).divide(xs.get(1)), a, b), 3, -3, (1L << 40) / 3);
    assertWholes(value(xs -> Functions.maximum(xs.get(0), xs.get(1)), a, b), 7, 2, 1L << 40);
    assertWholes(value(xs -> Functions.minimum(xs.get(0), xs.get(1)), a, b), 2, -7, 3);
  }

  @Test
  default void comparisons() {
    Array a = reals(1, 2, 3);
    Array b = reals(2, 2, 2);
    assertReals(value(xs -> Functions.real(xs.get(0).less(xs.get(1))), a, b), 1, 0, 0);
    assertReals(value(xs -> Functions.real(xs.get(0).equalTo(xs.get(1))), a, b), 0, 1, 0);
    assertReals(value(xs -> Functions.real(xs.get(0).greaterOrEqual(xs.get(1))), a, b), 0, 1, 1);
    Array i = wholes(-1, 0, 5);
    Array zero = Array.scalar(0L);
    assertReals(value(xs -> Functions.real(xs.get(0).less(xs.get(1))), i, zero), 1, 0, 0);
    assertReals(value(xs -> Functions.real(xs.get(0).equalTo(xs.get(1))), i, zero), 0, 1, 0);
    assertReals(value(xs -> Functions.real(xs.get(0).greaterOrEqual(xs.get(1))), i, zero), 0, 1, 1);
    assertWholes(value(xs -> whole(xs.get(0).less(xs.get(1))), a, b), 1, 0, 0);
    assertReals(value(xs -> Functions.real(xs.get(0)), i), -1, 0, 5);
  }

  @Test
  default void selections() {
    Array a = reals(1, 2, 3);
    assertReals(
        value(
            xs -> Functions.select(xs.get(0).less(xs.get(1)), xs.get(0), xs.get(1)),
            a,
            reals(2, 2, 2)),
        1,
        2,
        2);
    assertWholes(
        value(
            xs -> Functions.select(xs.get(0).less(Tensor.range(3)), xs.get(0), Tensor.range(3)),
            wholes(1, 0, 0)),
        0,
        0,
        0);
    // Booleans are selected, reshaped and transposed like numbers.
    assertReals(
        value(
            xs -> {
              Tensor small = xs.get(0).less(xs.get(1));
              Tensor same = xs.get(0).equalTo(xs.get(1));
              return Functions.real(
                      Functions.select(small, small, same).reshape(3, 1).transpose(1, 0))
                  .reshape(3);
            },
            a,
            reals(2, 2, 2)),
        1,
        1,
        0);
    // Values that are not selected may be anything, even NaN.
    assertReals(
        value(
            xs -> Functions.select(xs.get(0).less(xs.get(1)), Functions.log(xs.get(0)), xs.get(0)),
            reals(-1, 1),
            reals(-2, 2)),
        -1,
        0);
  }

  private static Tensor whole(Tensor truths) {
    return Tensor.of(new Pointwise.Cast(ElementType.INTEGER), truths);
  }
}
