package dev.ebt.tensor;

import dev.ebt.tensor.Pointwise.Binary;
import dev.ebt.tensor.Pointwise.Unary;
import dev.ebt.tensor.Reductions.Reduce;
import dev.ebt.tensor.ShapeOps.Reshape;
import dev.ebt.tensor.ShapeOps.Transpose;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Simplification rules applied while expressions are built: x·1, x+0, sums and products of uniform
 * constants. Every rule preserves the value for finite numbers. No rule looks below the tensors it
 * is given, so an expression built from a tensor still depends on that tensor and can be
 * differentiated with respect to it. Rules that look further down are in {@link Rewrite}.
 */
final class Simplify {
  private Simplify() {}

  static Tensor plus(Tensor a, Tensor b) {
    Checks.sameType("add", List.of(a, b));
    if (isUniform(a, 0) && b.shape().equals(joined("add", a, b))) {
      return b;
    }
    if (isUniform(b, 0) && a.shape().equals(joined("add", a, b))) {
      return a;
    }
    return binary(BinaryFunction.ADD, a, b);
  }

  static Tensor minus(Tensor a, Tensor b) {
    Checks.sameType("subtract", List.of(a, b));
    if (isUniform(b, 0) && a.shape().equals(joined("subtract", a, b))) {
      return a;
    }
    if (isUniform(a, 0) && b.shape().equals(joined("subtract", a, b))) {
      return negate(b);
    }
    return binary(BinaryFunction.SUBTRACT, a, b);
  }

  static Tensor times(Tensor a, Tensor b) {
    if (a.type() != ElementType.REAL || b.type() != ElementType.REAL) {
      return binary(BinaryFunction.MULTIPLY, a, b);
    }
    Shape shape = joined("multiply", a, b);
    Double left = a.uniformValue();
    Double right = b.uniformValue();
    if (left != null && right != null) {
      return Tensor.filled(shape, left * right);
    }
    if (left != null) {
      return times(b, a);
    }
    if (right != null && a.shape().equals(shape)) {
      return scaled(a, right);
    }
    return binary(BinaryFunction.MULTIPLY, a, b);
  }

  /** Returns a · factor. */
  static Tensor scaled(Tensor a, double factor) {
    if (factor == 0) {
      return Tensor.zeros(a.shape());
    }
    if (factor == 1) {
      return a;
    }
    if (factor == -1) {
      return negate(a);
    }
    return binary(BinaryFunction.MULTIPLY, a, Tensor.constant(factor));
  }

  static Tensor divide(Tensor a, Tensor b) {
    Checks.sameType("divide", List.of(a, b));
    Double divisor = b.uniformValue();
    if (divisor != null && divisor != 0 && a.shape().equals(joined("divide", a, b))) {
      return times(a, Tensor.constant(1 / divisor));
    }
    if (isUniform(a, 0)) {
      return Tensor.zeros(joined("divide", a, b));
    }
    return binary(BinaryFunction.DIVIDE, a, b);
  }

  static Tensor negate(Tensor a) {
    Double value = a.uniformValue();
    if (value != null) {
      return Tensor.filled(a.shape(), 0 - value);
    }
    return Tensor.of(new Unary(UnaryFunction.NEGATE), a);
  }

  static Tensor reduce(Reductions.Reduction reduction, Tensor a, int... axes) {
    Checks.real(new Reduce(reduction, List.of()).name(), List.of(a));
    List<Integer> real =
        IntStream.of(axes)
            .map(a.shape()::axis)
            .filter(i -> a.shape().size(i) != 1)
            .boxed()
            .toList();
    if (real.isEmpty()) {
      return a;
    }
    Shape reduced = a.shape();
    for (int axis : real) {
      reduced = reduced.with(axis, 1);
    }
    Double value = a.uniformValue();
    if (value != null && reduced.elements() > 0) {
      int count = a.shape().elements() / reduced.elements();
      return Tensor.filled(reduced, reduction == Reductions.Reduction.SUM ? value * count : value);
    }
    return Tensor.of(new Reduce(reduction, real), a);
  }

  static Tensor reshape(Tensor a, Shape target) {
    if (a.shape().equals(target)) {
      return a;
    }
    Tensor reshaped = Tensor.of(new Reshape(target), a);
    Double value = a.uniformValue();
    return value != null ? Tensor.filled(target, value) : reshaped;
  }

  static Tensor transpose(Tensor a, List<Integer> order) {
    if (order.equals(IntStream.range(0, a.shape().rank()).boxed().toList())) {
      return a;
    }
    return Tensor.of(new Transpose(order), a);
  }

  private static Tensor binary(BinaryFunction function, Tensor a, Tensor b) {
    return Tensor.of(new Binary(function), a, b);
  }

  private static Shape joined(String operation, Tensor a, Tensor b) {
    return Shape.broadcast(operation, a.shape(), b.shape());
  }

  private static boolean isUniform(Tensor a, double value) {
    Double uniform = a.uniformValue();
    return uniform != null && uniform == value;
  }
}
