package dev.ebt.tensor;

import dev.ebt.tensor.Pointwise.Binary;
import dev.ebt.tensor.Pointwise.Unary;
import dev.ebt.tensor.Reductions.Reduce;
import dev.ebt.tensor.ShapeOps.Broadcast;
import dev.ebt.tensor.ShapeOps.Reshape;
import dev.ebt.tensor.ShapeOps.Transpose;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Simplification rules for expressions that derivatives leave behind: −(−x), a+(−b), (x·a)·b,
 * reshapes of reshapes, transposes that move no element. They inspect the operands' own operands,
 * bypassing the intermediate tensor, and therefore apply only to finished programs, which are not
 * differentiated any further.
 */
final class Rewrite {
  private Rewrite() {}

  /** Returns the replacement of the tensor for the given inputs, which are already simplified. */
  static Tensor of(Tensor tensor, List<Tensor> inputs) {
    if (tensor.op() instanceof Binary binary && tensor.type() == ElementType.REAL) {
      Tensor a = narrow(inputs.get(0), inputs.get(1), tensor.shape());
      Tensor b = narrow(inputs.get(1), a, tensor.shape());
      return switch (binary.function()) {
        case ADD -> plus(a, b);
        case SUBTRACT -> minus(a, b);
        case MULTIPLY -> times(a, b);
        case DIVIDE, MAXIMUM, MINIMUM -> rebuilt(tensor, List.of(a, b));
      };
    }
    if (tensor.op() instanceof Unary unary && unary.function() == UnaryFunction.NEGATE) {
      return negate(inputs.get(0));
    }
    if (tensor.op() instanceof Reduce reduce) {
      return reduce(reduce, inputs.get(0));
    }
    if (tensor.op() instanceof MatMul product) {
      return matMul(product, inputs.get(0), inputs.get(1));
    }
    if (tensor.op() instanceof Reshape reshape) {
      return reshape(inputs.get(0), reshape.target());
    }
    if (tensor.op() instanceof Transpose transpose) {
      return transpose(inputs.get(0), transpose.order());
    }
    if (tensor.op() instanceof Broadcast && inputs.get(0).op() instanceof Broadcast) {
      return Tensor.of(tensor.op(), inputs.get(0).inputs());
    }
    return rebuilt(tensor, inputs);
  }

  private static Tensor reduce(Reduce reduce, Tensor a) {
    int[] axes = reduce.axes().stream().mapToInt(axis -> axis).toArray();
    return isNegation(a) && reduce.reduction() == Reductions.Reduction.SUM
        ? negate(Simplify.reduce(reduce.reduction(), a.input(0), axes))
        : Simplify.reduce(reduce.reduction(), a, axes);
  }

  /**
   * Returns the product of two matrices, (k·A) B as k (A B) or A (k·B) if that leaves a pass over
   * the largest of the three out.
   */
  private static Tensor matMul(MatMul op, Tensor a, Tensor b) {
    Tensor product = Tensor.of(op, a, b);
    long ofProduct = Lifetimes.size(product);
    long ofA = Lifetimes.size(a);
    long ofB = Lifetimes.size(b);
    Scaled left = Scaled.of(a);
    if (left != null && ofA > Math.min(ofB, ofProduct)) {
      return ofProduct <= ofB
          ? left.times(matMul(op, left.rest(), b))
          : matMul(op, left.rest(), left.times(b));
    }
    Scaled right = Scaled.of(b);
    if (right != null && ofB > Math.min(ofA, ofProduct)) {
      return ofProduct <= ofA
          ? right.times(matMul(op, a, right.rest()))
          : matMul(op, right.times(a), right.rest());
    }
    return product;
  }

  /**
   * A tensor as a product with one number.
   *
   * @param factor of one element; null for −1
   */
  private record Scaled(Tensor rest, @Nullable Tensor factor) {
    /** Returns the parts of a product with a number, perhaps reshaped; null for other tensors. */
    static @Nullable Scaled of(Tensor tensor) {
      Tensor inner = tensor;
      while (inner.op() instanceof Reshape) {
        inner = inner.input(0);
      }
      if (isNegation(inner)) {
        return new Scaled(reshape(inner.input(0), tensor.shape()), null);
      }
      if (inner.op() instanceof Binary binary
          && binary.function() == BinaryFunction.MULTIPLY
          && !isNumber(inner)) {
        for (int i = 0; i < 2; i++) {
          Tensor number = inner.input(i);
          Tensor other = inner.input(1 - i);
          if (isNumber(number) && other.shape().equals(inner.shape())) {
            return new Scaled(reshape(other, tensor.shape()), reshape(number, Shape.scalar()));
          }
        }
      }
      return null;
    }

    /** Returns whether a tensor has one element. Others may have more than an array can hold. */
    private static boolean isNumber(Tensor tensor) {
      return Lifetimes.size(tensor) == Float.BYTES;
    }

    Tensor times(Tensor tensor) {
      return factor == null ? negate(tensor) : Rewrite.times(tensor, factor);
    }
  }

  /** Returns the same operation on these inputs; the tensor itself if they are its own. */
  static Tensor rebuilt(Tensor tensor, List<Tensor> inputs) {
    return inputs.equals(tensor.inputs()) ? tensor : Tensor.of(tensor.op(), inputs);
  }

  /**
   * Removes the broadcast of {@code a} where the arithmetic itself broadcasts to the result's
   * shape.
   */
  private static Tensor narrow(Tensor a, Tensor other, Shape result) {
    boolean repeated =
        a.op() instanceof Broadcast
            && Shape.broadcast("", a.input(0).shape(), other.shape()).equals(result);
    return repeated ? narrow(a.input(0), other, result) : a;
  }

  private static Tensor plus(Tensor a, Tensor b) {
    if (isNegation(b)) {
      return Simplify.minus(a, b.input(0));
    }
    return isNegation(a) ? Simplify.minus(b, a.input(0)) : Simplify.plus(a, b);
  }

  private static Tensor minus(Tensor a, Tensor b) {
    return isNegation(b) ? Simplify.plus(a, b.input(0)) : Simplify.minus(a, b);
  }

  private static Tensor times(Tensor a, Tensor b) {
    Double left = a.uniformValue();
    Double right = b.uniformValue();
    if (left != null && right == null) {
      return times(b, a);
    }
    if (right != null) {
      return scaled(a, b, right);
    }
    if (isNegation(a)) {
      return negate(times(a.input(0), b));
    }
    if (isNegation(b)) {
      return negate(times(a, b.input(0)));
    }
    if (isScaled(a) && Lifetimes.size(b) < Lifetimes.size(a)) {
      return times(a.input(0), times(b, a.input(1)));
    }
    return isScaled(b) && Lifetimes.size(a) < Lifetimes.size(b)
        ? times(times(a, b.input(1)), b.input(0))
        : Simplify.times(a, b);
  }

  /** Returns whether a tensor is x·k for a uniform k, which a smaller factor can be scaled by. */
  private static boolean isScaled(Tensor a) {
    return a.op() instanceof Binary binary
        && binary.function() == BinaryFunction.MULTIPLY
        && a.input(1).uniformValue() != null
        && a.input(1).shape().elements() == 1
        && a.input(0).shape().equals(a.shape());
  }

  /**
   * Returns a · b where every element of b equals the factor; nested factors are multiplied
   * together.
   */
  private static Tensor scaled(Tensor a, Tensor b, double factor) {
    if (!a.shape().equals(Shape.broadcast("multiply", a.shape(), b.shape()))) {
      return Simplify.times(a, b);
    }
    if (isNegation(a)) {
      return scaled(a.input(0), b, -factor);
    }
    if (a.op() instanceof Binary inner && inner.function() == BinaryFunction.MULTIPLY) {
      Double known = a.input(1).uniformValue();
      if (known != null && a.input(0).shape().equals(a.shape())) {
        return scaled(a.input(0), b, known * factor);
      }
    }
    return factor == -1 ? negate(a) : Simplify.scaled(a, factor);
  }

  private static Tensor negate(Tensor a) {
    if (isNegation(a)) {
      return a.input(0);
    }
    boolean difference =
        a.op() instanceof Binary binary && binary.function() == BinaryFunction.SUBTRACT;
    return difference ? Simplify.minus(a.input(1), a.input(0)) : Simplify.negate(a);
  }

  private static Tensor reshape(Tensor a, Shape target) {
    return Simplify.reshape(a.op() instanceof Reshape ? a.input(0) : a, target);
  }

  private static Tensor transpose(Tensor a, List<Integer> order) {
    if (a.op() instanceof Transpose inner) {
      return transpose(a.input(0), order.stream().map(inner.order()::get).toList());
    }
    return movesElements(a.shape(), order)
        ? Simplify.transpose(a, order)
        : reshape(a, Shape.of(order.stream().mapToInt(a.shape()::size).toArray()));
  }

  /** Returns whether a permutation moves axes of more than one element past each other. */
  private static boolean movesElements(Shape shape, List<Integer> order) {
    int[] larger = order.stream().mapToInt(i -> i).filter(axis -> shape.size(axis) != 1).toArray();
    return IntStream.range(1, larger.length).anyMatch(i -> larger[i - 1] > larger[i]);
  }

  private static boolean isNegation(Tensor a) {
    return a.op() instanceof Unary unary && unary.function() == UnaryFunction.NEGATE;
  }
}
