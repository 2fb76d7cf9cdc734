package dev.ebt.testing;

import static dev.ebt.testing.TestArrays.mixed;
import static dev.ebt.testing.TestArrays.positive;
import static dev.ebt.testing.TestArrays.spaced;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.BinaryFunction;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Op;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.UnaryFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** What each operation computes, against expectations that are written out or computed here. */
interface ValueContract extends BackendUnderTest {
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
            Array found = value(xs -> Tensor.of(new Op.Unary(function), xs), x);
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
          Array found = value(xs -> Tensor.of(new Op.Binary(function), xs), a, b);
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
    // Truth values are selected and moved like numbers.
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
    // What is not selected may be anything.
    assertReals(
        value(
            xs -> Functions.select(xs.get(0).less(xs.get(1)), Functions.log(xs.get(0)), xs.get(0)),
            reals(-1, 1),
            reals(-2, 2)),
        -1,
        0);
  }

  @Test
  default void reductions() {
    Array x = Array.of(Shape.of(2, 3), -1.0, -2.0, -3.0, -6.0, -5.0, -4.0);
    assertReals(value(xs -> xs.get(0).sum(0), x), -7, -7, -7);
    assertReals(value(xs -> xs.get(0).sum(-1), x), -6, -15);
    assertReals(value(xs -> xs.get(0).mean(0), x), -3.5, -3.5, -3.5);
    assertReals(value(xs -> xs.get(0).maxKeeping(1).reshape(2), x), -1, -4);
    assertClose("sum", value(xs -> xs.get(0).sum(), x), Array.scalar(-21.0));
    assertClose("mean", value(xs -> xs.get(0).mean(), x), Array.scalar(-3.5));
    Array kept = Array.of(Shape.of(1, 3), -1.0, -2.0, -3.0);
    assertClose("max", value(xs -> xs.get(0).maxKeeping(0), x), kept);
    assertWholes(value(xs -> Functions.argMax(xs.get(0)), x), 0, 2);
    assertClose(
        "first of equals",
        value(xs -> Functions.argMax(xs.get(0)), reals(1, 5, 5, 2)),
        Array.scalar(1L));
  }

  @Test
  default void softmaxOfAnything() {
    double z = 1 + Math.exp(1) + Math.exp(-2);
    assertReals(
        value(xs -> Functions.softmax(xs.get(0)), reals(0, 1, -2)),
        1 / z,
        Math.exp(1) / z,
        Math.exp(-2) / z);
    assertReals(value(xs -> Functions.softmax(xs.get(0)), reals(1000, 1000, -1e9)), 0.5, 0.5, 0);
    assertReals(
        value(xs -> Functions.softmax(xs.get(0)), reals(3, Double.NEGATIVE_INFINITY)), 1, 0);
    assertReals(value(xs -> Functions.logSoftmax(xs.get(0)), reals(0, -500)), 0, -500);
    assertReals(
        value(xs -> Functions.logSoftmax(xs.get(0)), reals(7, 7)), -Math.log(2), -Math.log(2));
    assertReals(value(xs -> Functions.logSoftmax(xs.get(0)), reals(42)), 0);
  }

  @Test
  default void movements() {
    Array x = wholes(0, 1, 2, 3, 4, 5).reshape(Shape.of(2, 3));
    assertWholes(value(xs -> xs.get(0).transpose(1, 0).reshape(6), x), 0, 3, 1, 4, 2, 5);
    assertWholes(value(xs -> xs.get(0).slice(1, 1, 2).reshape(4), x), 1, 2, 4, 5);
    assertWholes(value(xs -> xs.get(0).slice(0, 1, 1).reshape(3), x), 3, 4, 5);
    assertWholes(
        value(xs -> Functions.concat(1, xs.get(0), xs.get(0).slice(1, 0, 1)).reshape(8), x),
        0,
        1,
        2,
        0,
        3,
        4,
        5,
        3);
    assertWholes(
        value(xs -> xs.get(0).slice(0, 0, 1).broadcastTo(Shape.of(2, 3)).reshape(6), x),
        0,
        1,
        2,
        0,
        1,
        2);
    assertWholes(
        value(xs -> Tensor.of(new Op.Pad(List.of(1, 0), Shape.of(3, 4)), xs.get(0)).reshape(12), x),
        0,
        0,
        0,
        0,
        0,
        1,
        2,
        0,
        3,
        4,
        5,
        0);
    Array deep = mixed(4, 2, 3, 4, 5);
    double[] swapped = new double[120];
    for (int i = 0; i < 120; i++) {
      int d = i % 5;
      int c = i / 5 % 4;
      int b = i / 20 % 3;
      swapped[((d * 3 + b) * 4 + c) * 2 + i / 60] = deep.real(i);
    }
    assertClose(
        "transpose",
        value(xs -> xs.get(0).transpose(3, 1, 2, 0), deep),
        Array.of(Shape.of(5, 3, 4, 2), swapped));
  }

  @Test
  default void matrixProducts() {
    Array a = mixed(5, 2, 3, 5);
    Array b = mixed(6, 2, 5, 7);
    double[] c = new double[2 * 3 * 7];
    for (int n = 0; n < 2; n++) {
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 7; j++) {
          for (int k = 0; k < 5; k++) {
            c[(n * 3 + i) * 7 + j] += a.real((n * 3 + i) * 5 + k) * b.real((n * 5 + k) * 7 + j);
          }
        }
      }
    }
    Array expected = Array.of(Shape.of(2, 3, 7), c);
    for (int transposed = 0; transposed < 4; transposed++) {
      boolean left = (transposed & 1) != 0;
      boolean right = (transposed & 2) != 0;
      Array found =
          value(
              xs ->
                  Functions.matMul(
                      left ? xs.get(0).transpose(0, 2, 1) : xs.get(0),
                      left,
                      right ? xs.get(1).transpose(0, 2, 1) : xs.get(1),
                      right),
              a,
              b);
      assertClose("matMul " + left + " " + right, found, expected);
    }
  }

  @Test
  default void tables() {
    Array table = Array.of(Shape.of(3, 2), 0.0, 1.0, 10.0, 11.0, 20.0, 21.0);
    Array indices = wholes(2, 0, 2);
    assertReals(
        value(xs -> Functions.gather(xs.get(0), xs.get(1)).reshape(6), table, indices),
        20,
        21,
        0,
        1,
        20,
        21);
    assertReals(
        value(
            xs -> Tensor.of(new Op.ScatterAdd(4), xs.get(0), xs.get(1)).reshape(8), table, indices),
        10,
        11,
        0,
        0,
        20,
        22,
        0,
        0);
    assertWholes(value(xs -> Functions.gather(xs.get(0), xs.get(0)), wholes(2, 0, 1)), 1, 2, 0);
    assertReals(
        value(xs -> Functions.oneHot(xs.get(0), 3).reshape(12), wholes(1, -1, 3, 2)),
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1);
  }

  @Test
  default void constants() {
    assertClose("scalar", value(Tensor.constant(2.5)), Array.scalar(2.5));
    assertWholes(value(Tensor.range(4)), 0, 1, 2, 3);
    assertReals(value(Tensor.filled(Shape.of(3), -1)), -1, -1, -1);
    assertClose("zeros", value(Tensor.zeros(Shape.of(2, 1))), Array.of(Shape.of(2, 1), 0.0, 0.0));
    assertReals(value(Tensor.constant(Array.of(Shape.of(2), 0.25f, 8f))), 0.25, 8);
  }

  private static Tensor whole(Tensor truths) {
    return Tensor.of(new Op.Cast(ElementType.INTEGER), truths);
  }

  private static Array reals(double... values) {
    return Array.of(Shape.of(values.length), values);
  }

  private static Array wholes(long... values) {
    return Array.of(Shape.of(values.length), values);
  }

  private void assertReals(Array found, double... expected) {
    assertClose("values", found, reals(expected));
  }

  private void assertWholes(Array found, long... expected) {
    assertClose("values", found, wholes(expected));
  }
}
