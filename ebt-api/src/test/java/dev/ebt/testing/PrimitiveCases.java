package dev.ebt.testing;

import static dev.ebt.testing.TestArrays.mixed;
import static dev.ebt.testing.TestArrays.positive;
import static dev.ebt.testing.TestArrays.shifted;
import static dev.ebt.testing.TestArrays.spaced;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.BinaryFunction;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Indexing;
import dev.ebt.tensor.Op;
import dev.ebt.tensor.Pointwise;
import dev.ebt.tensor.Reductions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeOps;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.UnaryFunction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Test cases of every primitive over several shapes: ranks 0 to 4, axes of size 1, odd sizes,
 * broadcasting.
 */
public final class PrimitiveCases {
  private static final Set<UnaryFunction> OF_POSITIVE =
      EnumSet.of(UnaryFunction.LOG, UnaryFunction.SQUARE_ROOT, UnaryFunction.RECIPROCAL_ROOT);

  private final List<PrimitiveCase> cases = new ArrayList<>();

  private PrimitiveCases() {
    elementwise();
    choices();
    reductions();
    movements();
    products();
    tables();
  }

  /** Returns all cases. */
  public static List<PrimitiveCase> all() {
    return new PrimitiveCases().cases;
  }

  private void add(String name, Function<Tensor, Tensor> function, Array at) {
    cases.add(PrimitiveCase.of(name, function, at));
  }

  private void addJoint(String name, Function<List<Tensor>, Tensor> function, Array... at) {
    cases.add(new PrimitiveCase(name, List.of(at), function));
  }

  private void elementwise() {
    int[][] shapes = {{}, {1}, {3}, {2, 3}, {1, 5, 1}, {2, 1, 3, 2}};
    for (UnaryFunction function : UnaryFunction.values()) {
      for (int[] sizes : shapes) {
        Array at = OF_POSITIVE.contains(function) ? positive(1, sizes) : spaced(1, sizes);
        add(function.name(), x -> Tensor.of(new Pointwise.Unary(function), x), at);
      }
    }
    int[][][] pairs = {
      {{}, {}},
      {{3}, {3}},
      {{2, 3}, {3}},
      {{2, 1}, {1, 3}},
      {{2, 3}, {}},
      {{1}, {2, 3, 1}},
      {{2, 1, 3, 1}, {2, 1, 2}}
    };
    for (BinaryFunction function : BinaryFunction.values()) {
      for (int[][] pair : pairs) {
        addJoint(
            function.name(),
            xs -> Tensor.of(new Pointwise.Binary(function), xs),
            spaced(2, pair[0]),
            shifted(positive(3, pair[1]), 0.05));
      }
    }
  }

  /** Adds comparisons, selections and other operations with a derivative of zero. */
  private void choices() {
    int[][] shapes = {{}, {4}, {2, 3}, {2, 1, 2}};
    for (int[] sizes : shapes) {
      Array at = spaced(4, sizes);
      Array other = shifted(spaced(5, sizes), 0.05);
      addJoint("LESS", xs -> Functions.real(xs.get(0).less(xs.get(1))), at, other);
      addJoint(
          "GREATER_OR_EQUAL", xs -> Functions.real(xs.get(0).greaterOrEqual(xs.get(1))), at, other);
      addJoint("EQUAL", xs -> Functions.real(xs.get(0).equalTo(xs.get(1))), at, other);
      addJoint(
          "select",
          xs -> Functions.select(xs.get(0).less(xs.get(1)), xs.get(0).square(), xs.get(1)),
          at,
          other);
      add("clamp", x -> Functions.clamp(x, -0.45, 0.55).times(x), at);
      add("stopGradient", x -> x.times(Functions.stopGradient(x)), at);
      add("layerBoundary", x -> Functions.layerBoundary(x.square()).square(), at);
      add(
          "barrier",
          x -> Tensor.of(new Pointwise.Barrier(), x.square(), x.sum()).square().times(x),
          at);
    }
    addJoint(
        "select with broadcasting",
        xs -> Functions.select(xs.get(0).less(xs.get(1)), xs.get(0), xs.get(2)).square(),
        spaced(4, 2, 1),
        shifted(spaced(5, 1, 3), 0.05),
        mixed(6));
    add("argMax, oneHot", x -> Functions.oneHot(Functions.argMax(x), 3).times(x), spaced(7, 2, 3));
  }

  private void reductions() {
    int[][][] settings = {
      {{5}, {0}},
      {{2, 3}, {0}},
      {{2, 3}, {1}},
      {{2, 3}, {0, 1}},
      {{2, 1, 3}, {1, 2}},
      {{2, 1, 3}, {1}},
      {{3, 2, 2, 2}, {1, 3}},
      {{}, {}}
    };
    for (int[][] setting : settings) {
      Array at = spaced(8, setting[0]);
      List<Integer> axes = java.util.Arrays.stream(setting[1]).boxed().toList();
      for (Reductions.Reduction reduction : Reductions.Reduction.values()) {
        add(
            reduction + " over " + axes,
            x -> Tensor.of(new Reductions.Reduce(reduction, axes), x.square()),
            at);
      }
      add("mean", x -> x.square().mean(setting[1]), at);
    }
    for (int[] sizes : new int[][] {{4}, {1}, {2, 3}, {2, 1, 3}, {2, 2, 1, 3}}) {
      add("softmax", Functions::softmax, mixed(9, sizes));
      add("logSoftmax", Functions::logSoftmax, mixed(9, sizes));
    }
  }

  /** Adds operations on shapes, of squares, so that the second derivative is not zero. */
  private void movements() {
    add("reshape", x -> x.square().reshape(2, 3), mixed(10, 6));
    add("reshape", x -> x.square().reshape(3, 1, 2), mixed(10, 2, 3));
    add("reshape", x -> x.square().reshape(1, 1), mixed(10));
    add("transpose", x -> x.square().transpose(1, 0), mixed(11, 2, 3));
    add("transpose", x -> x.square().transpose(2, 0, 1), mixed(11, 2, 3, 4));
    add("transpose", x -> x.square().transpose(0, 2, 1, 3), mixed(11, 2, 1, 3, 2));
    add("transpose", x -> x.square().transpose(3, 1, 0, 2), mixed(11, 2, 3, 1, 2));
    add("broadcast", x -> x.square().broadcastTo(Shape.of(2, 3)), mixed(12));
    add("broadcast", x -> x.square().broadcastTo(Shape.of(2, 3)), mixed(12, 3));
    add("broadcast", x -> x.square().broadcastTo(Shape.of(2, 3)), mixed(12, 2, 1));
    add("broadcast", x -> x.square().broadcastTo(Shape.of(2, 2, 2, 3)), mixed(12, 1, 2, 1, 3));
    add("slice", x -> x.square().slice(0, 1, 3), mixed(13, 5));
    add("slice", x -> x.square().slice(-1, 1, 2), mixed(13, 3, 4));
    Op slice = new ShapeOps.Slice(List.of(1, 0, 2), Shape.of(2, 1, 1));
    add("slice", x -> Tensor.of(slice, x.square()), mixed(13, 3, 1, 3));
    add("pad", x -> Tensor.of(new ShapeOps.Pad(List.of(2), Shape.of(5)), x.square()), mixed(14, 2));
    Op pad = new ShapeOps.Pad(List.of(1, 0, 2), Shape.of(3, 2, 4));
    add("pad", x -> Tensor.of(pad, x.square()), mixed(14, 1, 2, 2));
    addJoint("concat", xs -> Functions.concat(0, squares(xs)), mixed(15, 2), mixed(16, 3));
    addJoint(
        "concat",
        xs -> Functions.concat(-1, squares(xs)),
        mixed(15, 2, 1),
        mixed(16, 2, 3),
        mixed(17, 2, 2));
    addJoint(
        "concat", xs -> Functions.concat(1, squares(xs)), mixed(15, 2, 1, 3), mixed(16, 2, 2, 3));
  }

  private void products() {
    int[][] sizes = {{2, 3, 4}, {1, 1, 1}, {3, 1, 2}, {1, 5, 1}};
    for (int[] size : sizes) {
      for (int[] batch : new int[][] {{}, {2}, {2, 3}, {1, 2}}) {
        for (int transposed = 0; transposed < 4; transposed++) {
          boolean left = (transposed & 1) != 0;
          boolean right = (transposed & 2) != 0;
          Shape a = Shape.of(batch).plus(left ? size[1] : size[0], left ? size[0] : size[1]);
          Shape b = Shape.of(batch).plus(right ? size[2] : size[1], right ? size[1] : size[2]);
          addJoint(
              "matMul" + (left ? " ᵀ" : "") + (right ? " ·ᵀ" : ""),
              xs -> Functions.matMul(xs.get(0), left, xs.get(1), right),
              mixed(18, a.toIntArray()),
              mixed(19, b.toIntArray()));
        }
      }
    }
    add("matMul", x -> Functions.matMul(x, false, x, true), mixed(18, 3, 5));
    addJoint("dot", xs -> xs.get(0).dot(xs.get(1)), mixed(18, 2, 3, 4), mixed(19, 4, 5));
    addJoint("dot", xs -> xs.get(0).dot(xs.get(1)), mixed(18, 4), mixed(19, 4, 3));
  }

  private void tables() {
    Tensor repeated = whole(Shape.of(5), 3, 0, 3, 3, 1);
    Tensor square = whole(Shape.of(2, 2), 0, 3, 2, 0);
    Tensor one = whole(Shape.scalar(), 2);
    for (Tensor indices : List.of(repeated, square, one)) {
      String name = "gather " + indices.shape();
      add(name, x -> Functions.gather(x.square(), indices), mixed(20, 4, 3));
      add(name, x -> Functions.gather(x.square(), indices), mixed(20, 4));
      add(name, x -> Functions.gather(x.square(), indices), mixed(20, 4, 1, 2));
      add(
          "scatterAdd",
          x -> Tensor.of(new Indexing.ScatterAdd(4), x.square(), indices),
          mixed(21, indices.shape().plus(3).toIntArray()));
      add(
          "scatterAdd",
          x -> Tensor.of(new Indexing.ScatterAdd(5), x.square(), indices),
          mixed(21, indices.shape().toIntArray()));
    }
    for (Tensor indices : List.of(whole(Shape.of(2), 3, 0), whole(Shape.of(2, 1), 2, 1), one)) {
      for (int[] row : new int[][] {{}, {3}, {1, 2}}) {
        addJoint(
            "scatterUpdate " + indices.shape(),
            xs -> Functions.scatterUpdate(xs.get(0).square(), indices, xs.get(1).square()),
            mixed(22, Shape.of(4).plus(row).toIntArray()),
            mixed(23, indices.shape().plus(row).toIntArray()));
      }
    }
  }

  private static Tensor whole(Shape shape, long... values) {
    return Tensor.constant(Array.of(shape, values));
  }

  private static List<Tensor> squares(List<Tensor> xs) {
    return xs.stream().map(Tensor::square).toList();
  }
}
