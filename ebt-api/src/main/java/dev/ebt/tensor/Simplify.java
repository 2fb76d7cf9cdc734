package dev.ebt.tensor;

import dev.ebt.tensor.Op.Binary;
import dev.ebt.tensor.Op.Broadcast;
import dev.ebt.tensor.Op.Reduce;
import dev.ebt.tensor.Op.Reshape;
import dev.ebt.tensor.Op.Transpose;
import dev.ebt.tensor.Op.Unary;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rules that make smaller programs of what derivatives leave behind: x·1, x+0, −(−x), (x·a)·b,
 * reshapes of reshapes. Every rule keeps the value; none looks further than one operation down.
 */
final class Simplify {
  private Simplify() {}

  static Tensor plus(Tensor a, Tensor b) {
    if (isUniform(a, 0) && b.shape().equals(joined("add", a, b))) {
      return b;
    }
    if (isUniform(b, 0) && a.shape().equals(joined("add", a, b))) {
      return a;
    }
    if (isNegation(b)) {
      return minus(a, b.input(0));
    }
    return binary(BinaryFunction.ADD, a, b);
  }

  static Tensor minus(Tensor a, Tensor b) {
    if (isUniform(b, 0) && a.shape().equals(joined("subtract", a, b))) {
      return a;
    }
    if (isUniform(a, 0) && b.shape().equals(joined("subtract", a, b))) {
      return negate(b);
    }
    if (isNegation(b)) {
      return plus(a, b.input(0));
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
    if (isNegation(a)) {
      return negate(times(a.input(0), b));
    }
    if (isNegation(b)) {
      return negate(times(a, b.input(0)));
    }
    return binary(BinaryFunction.MULTIPLY, a, b);
  }

  /** a · factor, with factors of factors joined. */
  private static Tensor scaled(Tensor a, double factor) {
    if (factor == 0) {
      return Tensor.zeros(a.shape());
    }
    if (factor == 1) {
      return a;
    }
    if (factor == -1) {
      return negate(a);
    }
    if (isNegation(a)) {
      return scaled(a.input(0), -factor);
    }
    if (a.op() instanceof Binary inner && inner.function() == BinaryFunction.MULTIPLY) {
      Double known = a.input(1).uniformValue();
      if (known != null && a.input(0).shape().equals(a.shape())) {
        return scaled(a.input(0), known * factor);
      }
    }
    return binary(BinaryFunction.MULTIPLY, a, Tensor.constant(factor));
  }

  static Tensor divide(Tensor a, Tensor b) {
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
    if (isNegation(a)) {
      return a.input(0);
    }
    Double value = a.uniformValue();
    if (value != null) {
      return Tensor.filled(a.shape(), 0 - value);
    }
    if (a.op() instanceof Binary binary && binary.function() == BinaryFunction.SUBTRACT) {
      return minus(a.input(1), a.input(0));
    }
    return Tensor.of(new Unary(UnaryFunction.NEGATE), a);
  }

  static Tensor reduce(Op.Reduction reduction, Tensor a, int... axes) {
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
      return Tensor.filled(reduced, reduction == Op.Reduction.SUM ? value * count : value);
    }
    return Tensor.of(new Reduce(reduction, real), a);
  }

  static Tensor reshape(Tensor a, Shape target) {
    if (a.shape().equals(target)) {
      return a;
    }
    if (a.op() instanceof Reshape) {
      return reshape(a.input(0), target);
    }
    Double value = a.uniformValue();
    if (value != null && a.op() instanceof Broadcast) {
      return Tensor.filled(target, value);
    }
    return Tensor.of(new Reshape(target), a);
  }

  static Tensor transpose(Tensor a, List<Integer> order) {
    if (order.equals(IntStream.range(0, a.shape().rank()).boxed().toList())) {
      return a;
    }
    if (a.op() instanceof Transpose inner && order.size() == inner.order().size()) {
      return transpose(a.input(0), order.stream().map(inner.order()::get).toList());
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

  private static boolean isNegation(Tensor a) {
    return a.op() instanceof Unary unary && unary.function() == UnaryFunction.NEGATE;
  }
}
