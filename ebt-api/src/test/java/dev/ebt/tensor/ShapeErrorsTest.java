package dev.ebt.tensor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Every mistake of shape is found when the tensor is made, and told with operation and shapes. */
class ShapeErrorsTest {
  private final Tensor x = Tensor.input("x", Shape.of(2, 3), ElementType.REAL);
  private final Tensor y = Tensor.input("y", Shape.of(4), ElementType.REAL);
  private final Tensor i = Tensor.input("i", Shape.of(2, 3), ElementType.INTEGER);

  @Test
  void arithmetic() {
    says("add: [2, 3] and [4] do not broadcast", () -> x.plus(y));
    says("subtract: [2, 3] and [4] do not broadcast", () -> x.minus(y));
    says("multiply: [2, 3] and [4] do not broadcast", () -> x.times(y));
    says("divide: [2, 3] and [4] do not broadcast", () -> x.divide(y));
    says("maximum: [2, 3] and [4] do not broadcast", () -> Functions.maximum(x, y));
    says("less: [2, 3] and [4] do not broadcast", () -> x.less(y));
    says("select: [2, 3] and [4] do not broadcast", () -> Functions.select(x.less(x), x, y));
    says("add: [2, 3] and [4] do not broadcast", () -> x.plus(Tensor.zeros(Shape.of(4))));
    says("multiply: [2, 3] and [4] do not broadcast", () -> x.times(Tensor.zeros(Shape.of(4))));
  }

  @Test
  void types() {
    says("add: REAL expected, found INTEGER [2, 3]", () -> x.plus(i));
    says("add: INTEGER expected, found REAL []", () -> i.plus(0));
    says("multiply: INTEGER expected, found REAL []", () -> i.times(1));
    says("divide: REAL expected, found INTEGER [2, 3]", () -> x.divide(i));
    says("exp: REAL expected, found INTEGER [2, 3]", () -> Functions.exp(i));
    says("sum: REAL expected, found INTEGER [2, 3]", () -> i.sum(0));
    says("select: BOOLEAN expected, found REAL [2, 3]", () -> Functions.select(x, x, x));
    says("oneHot: INTEGER expected, found REAL [4]", () -> Functions.oneHot(y, 2));
    says("gather: INTEGER expected, found REAL [4]", () -> Functions.gather(x, y));
    says("cast: no cast from REAL to REAL", () -> Functions.real(x));
    says("multiply: numbers expected", () -> x.less(x).times(x.less(x)));
    says("equal: numbers expected", () -> x.less(x).equalTo(x.less(x)));
  }

  @Test
  void movements() {
    says("reshape: [2, 3] does not fill [7]", () -> x.reshape(7));
    says("reshape: [2, 3] does not fill [7]", () -> x.reshape(3, 2).reshape(2, 3).reshape(7));
    says("reshape: [2, 3] does not fill [7]", () -> Tensor.zeros(Shape.of(2, 3)).reshape(7));
    says("transpose: [0, 2] is not an order of the axes of [2, 3]", () -> x.transpose(0, 2));
    says("transpose: [0] is not an order", () -> x.transpose(1, 0).transpose(0));
    says("broadcast: [2, 3] and [4] do not", () -> x.broadcastTo(Shape.of(4)));
    says("broadcast: [2, 3] does not broadcast to [3]", () -> x.broadcastTo(Shape.of(3)));
    says("slice: [2, 2] at [0, 2] is not inside [2, 3]", () -> x.slice(1, 2, 2));
    says("slice: [2, 3] at [0, 1] is not inside [2, 3]", () -> x.slice(1, 1, 3));
    says(
        "pad: [2, 3] at [0, 1] is not inside [2, 3]",
        () -> Tensor.of(new ShapeOps.Pad(List.of(0, 1), Shape.of(2, 3)), x));
    says(
        "concat: [2, 3] and [2, 2] do not join along axis 0",
        () -> Functions.concat(0, x, x.slice(1, 0, 2)));
    says("concat: [2, 3] and [4] do not join along axis 1", () -> Functions.concat(1, x, y));
    says("axis: no axis 2 in [2, 3]", () -> x.sum(2));
    says("argMax: at least 1 axes expected, found []", () -> Functions.argMax(x.sum()));
    says("softmax: at least 1 axes expected, found []", () -> Functions.softmax(x.sum()));
  }

  @Test
  void productsAndTables() {
    says("matMul: [2, 3] · [2, 3]: inner sizes differ", () -> Functions.matMul(x, x));
    says("matMul: [2, 3]ᵀ · [2, 3]ᵀ", () -> Functions.matMul(x, true, x, true));
    says("matMul: [2, 3] · [4]: batch axes differ", () -> Functions.matMul(x, y));
    says("matMul: [2, 3] · [2, 3]: inner sizes differ", () -> x.dot(x));
    says(
        "scatterAdd: updates [4] for indices [2, 3]",
        () -> Tensor.of(new Indexing.ScatterAdd(5), y, i));
    says("scatterUpdate: rows [4]; [2, 3, 3] expected", () -> Functions.scatterUpdate(x, i, y));
    says(
        "normal: a key [2], or one for each of the leading axes of [2], expected",
        () -> Functions.randomNormal(i, 0, Shape.of(2)));
  }

  private static void says(String message, ThrowingCallable mistake) {
    assertThatThrownBy(mistake).isInstanceOf(ShapeException.class).hasMessageContaining(message);
  }
}
