package dev.ebt.testing;

import static dev.ebt.testing.BackendUnderTest.reals;
import static dev.ebt.testing.BackendUnderTest.wholes;
import static dev.ebt.testing.TestArrays.mixed;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Indexing;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeOps;
import dev.ebt.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of operations on whole arrays against explicit expected values. */
interface ValueContract extends BackendUnderTest {
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
        value(
            xs -> Tensor.of(new ShapeOps.Pad(List.of(1, 0), Shape.of(3, 4)), xs.get(0)).reshape(12),
            x),
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
            xs -> Tensor.of(new Indexing.ScatterAdd(4), xs.get(0), xs.get(1)).reshape(8),
            table,
            indices),
        10,
        11,
        0,
        0,
        20,
        22,
        0,
        0);
    assertReals(
        value(
            xs -> Functions.scatterUpdate(xs.get(0), xs.get(1), xs.get(2)).reshape(6),
            table,
            wholes(2, 0),
            Array.of(Shape.of(2, 2), 5.0, 6.0, 7.0, 8.0)),
        7,
        8,
        10,
        11,
        5,
        6);
    assertWholes(
        value(
            xs -> Functions.scatterUpdate(xs.get(0), xs.get(1), xs.get(2)),
            wholes(4, 5, 6),
            wholes(1),
            wholes(9)),
        4,
        9,
        6);
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
}
