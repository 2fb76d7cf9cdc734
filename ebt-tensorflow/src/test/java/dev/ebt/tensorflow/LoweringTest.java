package dev.ebt.tensorflow;

import static dev.ebt.tensor.Functions.concat;
import static dev.ebt.tensor.Functions.matMul;
import static dev.ebt.tensor.Functions.select;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.BinaryFunction;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Op;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.UnaryFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every primitive, alone and in the combinations that are lowered in a special way. */
class LoweringTest {
  private static TensorFlowBackend backend;

  private static final Tensor A = Tensor.input("a", Shape.of(2, 3, 4), ElementType.REAL);
  private static final Tensor B = Tensor.input("b", Shape.of(2, 3, 4), ElementType.REAL);
  private static final Tensor ROW = Tensor.input("row", Shape.of(4), ElementType.REAL);
  private static final Tensor COLUMN = Tensor.input("column", Shape.of(2, 3, 1), ElementType.REAL);
  private static final Tensor INDEX = Tensor.input("index", Shape.of(2, 3), ElementType.INTEGER);
  private static final Map<String, Array> VALUES =
      Map.of(
          "a", Agreement.random(1, 0.1, 2, 2, 3, 4),
          "b", Agreement.random(2, -2, -0.1, 2, 3, 4),
          "row", Agreement.random(3, -1, 1, 4),
          "column", Agreement.random(4, -1, 1, 2, 3, 1),
          "index", Array.of(Shape.of(2, 3), 0L, 3L, 1L, 2L, 3L, 3L));

  @BeforeAll
  static void open() {
    backend = TensorFlowBackend.open(TensorFlowConfiguration.defaults().on(DeviceChoice.CPU));
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  private static void check(Tensor tensor) {
    Agreement.check(backend, tensor, VALUES);
  }

  @ParameterizedTest
  @EnumSource
  void unary(UnaryFunction function) {
    check(Tensor.of(new Op.Unary(function), A));
  }

  @ParameterizedTest
  @EnumSource
  void binary(BinaryFunction function) {
    for (Tensor other : List.of(B, ROW, COLUMN)) {
      check(Tensor.of(new Op.Binary(function), A, other));
      check(Tensor.of(new Op.Binary(function), other, A));
    }
    check(Tensor.of(new Op.Binary(function), ROW, COLUMN));
    check(Tensor.of(new Op.Binary(function), INDEX, INDEX.plus(one())));
  }

  @ParameterizedTest
  @EnumSource
  void compare(Op.Comparison comparison) {
    check(Functions.real(Tensor.of(new Op.Compare(comparison), A, COLUMN)));
    check(Tensor.of(new Op.Cast(ElementType.INTEGER), compare(comparison, INDEX, one())));
    check(Functions.real(compare(comparison, A, A)));
  }

  private static Tensor compare(Op.Comparison comparison, Tensor a, Tensor b) {
    return Tensor.of(new Op.Compare(comparison), a, b);
  }

  private static Tensor one() {
    return Tensor.constant(Array.scalar(1L));
  }

  static Stream<Map.Entry<String, Tensor>> others() {
    Map<String, Tensor> cases = new LinkedHashMap<>();
    cases.put("select", select(A.less(B), A, B));
    cases.put("select broadcasts", select(ROW.less(COLUMN), A, Tensor.constant(-1)));
    cases.put("select small", select(ROW.less(Tensor.constant(0)), ROW, Tensor.constant(-1)));
    cases.put("real of whole", Functions.real(INDEX));
    cases.put("sum last", A.sum(-1));
    cases.put("sum first", A.sum(0));
    cases.put("sum outer", A.sum(0, 2));
    cases.put("sum all", A.sum());
    cases.put("mean", A.meanKeeping(-1));
    cases.put("max", A.maxKeeping(1));
    cases.put("sum of repeated", ROW.broadcastTo(Shape.of(2, 3, 4)).sum(0));
    cases.put("argMax", Functions.argMax(B));
    cases.put(
        "argMax of equals",
        Functions.argMax(Tensor.constant(Array.of(Shape.of(2, 5), 0, 3, 1, 3, 3, 2, 2, 2, 2, 2f))));
    cases.put("reshape", A.reshape(4, 6));
    cases.put("transpose", A.transpose(2, 0, 1));
    cases.put("swap inner", A.transpose(0, 2, 1));
    cases.put("broadcast", COLUMN.broadcastTo(Shape.of(5, 2, 3, 4)));
    cases.put("broadcast, then reshape", COLUMN.broadcastTo(Shape.of(2, 3, 4)).reshape(24));
    cases.put("arithmetic of broadcast", COLUMN.broadcastTo(Shape.of(2, 3, 4)).times(2).square());
    cases.put("slice", A.slice(2, 1, 2));
    cases.put("slice whole numbers", INDEX.slice(1, 1, 2));
    cases.put("pad", Tensor.of(new Op.Pad(List.of(1, 0, 2), Shape.of(4, 3, 7)), A));
    cases.put("pad whole numbers", Tensor.of(new Op.Pad(List.of(0, 1), Shape.of(2, 5)), INDEX));
    cases.put("concat", concat(1, A, COLUMN.broadcastTo(Shape.of(2, 3, 4)), B));
    cases.put("concat whole numbers", concat(-1, INDEX, INDEX));
    for (boolean left : new boolean[] {false, true}) {
      for (boolean right : new boolean[] {false, true}) {
        String name = (left ? "transposed" : "") + " · " + (right ? "transposed" : "");
        Tensor a = left ? A.transpose(0, 2, 1) : A;
        Tensor b = right ? B : B.transpose(0, 2, 1);
        cases.put("batched product " + name, matMul(a, left, b, right));
        cases.put(
            "product " + name, matMul(a.slice(0, 0, 1).reshape(inner(a)), left, flat(b), right));
      }
    }
    cases.put("dot", A.dot(ROW.reshape(4, 1)));
    cases.put("gather", Functions.gather(A.reshape(4, 6), INDEX));
    cases.put("gather scalar rows", Functions.gather(ROW, INDEX));
    cases.put("scatterAdd", Tensor.of(new Op.ScatterAdd(5), A, INDEX));
    cases.put("scatterAdd scalars", Tensor.of(new Op.ScatterAdd(4), A.sum(-1), INDEX));
    cases.put("oneHot", Functions.oneHot(INDEX.minus(one()), 2));
    cases.put("softmax", Functions.softmax(A.times(20)));
    cases.put("softmax of a vector", Functions.softmax(ROW));
    cases.put("logSoftmax", Functions.logSoftmax(A.times(200)));
    cases.put("stopGradient", Functions.stopGradient(A).times(3));
    cases.put("an input itself", A);
    cases.put("chain of sums", A.plus(B).plus(ROW).plus(A.square()).plus(COLUMN).plus(B.square()));
    cases.put("chain of small sums", ROW.broadcastTo(A.shape()).plus(COLUMN).plus(ROW));
    cases.put("partial sum used twice", shared(A.plus(B)));
    cases.put("sum of a sum with itself", A.plus(B).plus(A.plus(B)).plus(A));
    cases.put("constants", A.plus(Tensor.filled(A.shape(), 3)).times(Tensor.filled(A.shape(), 2)));
    cases.put("filled", Tensor.filled(Shape.of(2, 2), 1.5));
    cases.put("nothing", Tensor.filled(Shape.of(0, 2), 1.5).plus(ROW.slice(0, 0, 2)));
    return cases.entrySet().stream();
  }

  private static Shape inner(Tensor tensor) {
    return tensor.shape().slice(1, 3);
  }

  private static Tensor flat(Tensor tensor) {
    return tensor.slice(0, 1, 1).reshape(inner(tensor));
  }

  private static Tensor shared(Tensor sum) {
    return sum.plus(ROW).plus(A).times(sum.plus(B));
  }

  @ParameterizedTest
  @MethodSource("others")
  void agrees(Map.Entry<String, Tensor> named) {
    check(named.getValue());
  }

  @Test
  void randomNumbersAreThoseOfPhilox() {
    Tensor key = Tensor.input("key", Shape.of(2), ElementType.INTEGER);
    for (int count : new int[] {1, 2, 3, 7, 1000}) {
      for (long[] pair : new long[][] {{0, 0}, {42, 7}, {-3, 1L << 40}, {Long.MAX_VALUE, 3}}) {
        for (long site : new long[] {0, 1, 1234567}) {
          Map<String, Array> given = Map.of("key", Array.of(Shape.of(2), pair));
          Shape shape = Shape.of(count);
          Agreement.check(backend, Functions.randomUniform(key, site, shape), given);
          Agreement.check(backend, Functions.randomNormal(key, site, shape), given);
        }
      }
    }
  }
}
