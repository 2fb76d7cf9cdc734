package dev.ebt.tensorflow;

import static dev.ebt.tensor.Functions.select;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.BinaryFunction;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Pointwise;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Combinations of primitives that are lowered in a way of their own. */
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
    backend = TensorFlowBackend.open(TensorFlowSettings.defaults().on(DeviceChoice.CPU));
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
  void binary(BinaryFunction function) {
    for (Tensor other : List.of(B, ROW, COLUMN)) {
      check(Tensor.of(new Pointwise.Binary(function), A, other));
      check(Tensor.of(new Pointwise.Binary(function), other, A));
    }
    check(Tensor.of(new Pointwise.Binary(function), ROW, COLUMN));
    check(Tensor.of(new Pointwise.Binary(function), INDEX, INDEX.plus(one())));
  }

  private static Tensor one() {
    return Tensor.constant(Array.scalar(1L));
  }

  static Stream<Map.Entry<String, Tensor>> others() {
    Map<String, Tensor> cases = new LinkedHashMap<>();
    cases.put("select broadcasts", select(ROW.less(COLUMN), A, Tensor.constant(-1)));
    cases.put("select small", select(ROW.less(Tensor.constant(0)), ROW, Tensor.constant(-1)));
    cases.put("sum of repeated", ROW.broadcastTo(Shape.of(2, 3, 4)).sum(0));
    cases.put("broadcast, then reshape", COLUMN.broadcastTo(Shape.of(2, 3, 4)).reshape(24));
    cases.put("arithmetic of broadcast", COLUMN.broadcastTo(Shape.of(2, 3, 4)).times(2).square());
    cases.put("an input itself", A);
    cases.put("chain of sums", A.plus(B).plus(ROW).plus(A.square()).plus(COLUMN).plus(B.square()));
    cases.put("chain of small sums", ROW.broadcastTo(A.shape()).plus(COLUMN).plus(ROW));
    cases.put("partial sum used twice", shared(A.plus(B)));
    cases.put("sum of a sum with itself", A.plus(B).plus(A.plus(B)).plus(A));
    cases.put("constants", A.plus(Tensor.filled(A.shape(), 3)).times(Tensor.filled(A.shape(), 2)));
    cases.put("filled", Tensor.filled(Shape.of(2, 2), 1.5));
    cases.put("nothing", Tensor.filled(Shape.of(0, 2), 1.5).plus(ROW.slice(0, 0, 2)));
    cases.put("compare broadcasts", Functions.real(ROW.less(COLUMN)).times(A));
    cases.putAll(leadingOnes());
    return cases.entrySet().stream();
  }

  /** Reshapes that add or drop leading axes of size 1, which need no node of their own. */
  private static Map<String, Tensor> leadingOnes() {
    Tensor row = ROW.reshape(1, 4);
    Tensor deep = row.square().reshape(1, 1, 4);
    Map<String, Tensor> cases = new LinkedHashMap<>();
    cases.put("ones, then arithmetic", deep.plus(ROW).times(COLUMN).plus(A));
    cases.put("ones dropped, then arithmetic", deep.times(2).reshape(4).plus(A));
    cases.put("ones, then a sum of many", deep.plus(row.reshape(1, 1, 4)).plus(ROW).plus(deep));
    cases.put("ones, then a reduction", deep.sumKeeping(-1).plus(deep.maxKeeping(2)).reshape(1));
    cases.put("ones dropped, then a reduction", deep.reshape(4).sumKeeping(0).times(row));
    cases.put("ones, then softmax", Functions.softmax(deep).reshape(4).plus(deep));
    cases.put("ones, then an output", deep);
    cases.put("ones dropped, then repeated", deep.reshape(4).broadcastTo(A.shape()).reshape(24));
    cases.put("ones, then a product", row.reshape(1, 1, 4).reshape(1, 4).dot(ROW.reshape(4, 1)));
    cases.put("no leading ones", COLUMN.reshape(3, 2, 1).plus(ROW).reshape(6, 4));
    return cases;
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
  void randomNumbersWithAKeyForEachRowAreThoseOfEachKeyAlone() {
    for (int rows : new int[] {1, 3}) {
      Tensor keys = Tensor.input("keys", Shape.of(rows, 2, 2), ElementType.INTEGER);
      long[] pairs = {5, 0, 42, 7, -3, 1L << 40, 0, 0, 9, 1, 5, 0};
      Array given = Array.of(Shape.of(rows, 2, 2), Arrays.copyOf(pairs, 4 * rows));
      Tensor drawn = Functions.randomNormal(keys, 3, Shape.of(rows, 2, 5));
      Agreement.check(backend, drawn, Map.of("keys", given));
    }
    Tensor key = Tensor.input("keys", Shape.of(1, 1, 2), ElementType.INTEGER);
    Agreement.check(
        backend,
        Functions.randomUniform(key, 3, Shape.of(1, 1, 5)),
        Map.of("keys", Array.of(Shape.of(1, 1, 2), 42L, 7L)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void programsCompiledByXlaComputeTheSame(int threads) {
    TensorFlowSettings xla =
        new TensorFlowSettings(DeviceChoice.CPU, threads, threads, false, true, null);
    Tensor key = Tensor.input("key", Shape.of(2), ElementType.INTEGER);
    Tensor drawn = Functions.randomNormal(key, 3, A.shape());
    Tensor result = Functions.softmax(A.times(ROW).plus(drawn).dot(B.reshape(4, 6))).plus(COLUMN);
    Map<String, Array> given = new LinkedHashMap<>(VALUES);
    given.put("key", Array.of(Shape.of(2), 42L, 7L));
    try (TensorFlowBackend compiling = TensorFlowBackend.open(xla)) {
      Agreement.check(compiling, result, given);
    }
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
