package dev.ebt.tensor;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A symbolic tensor: an operation and its inputs. Immutable; nothing is computed until a {@link
 * dev.ebt.tensor.Program} of tensors is compiled and run by a backend. Shape and type are static
 * and checked on construction.
 *
 * <p>The methods cover arithmetic, shapes and reductions and read like a formula: {@code
 * y.minus(alpha.times(gradient))}. Arithmetic broadcasts as in NumPy: shapes are aligned at the
 * last axis, and an axis of size 1 is repeated. Axes may be counted from the end (−1 is the last).
 * All other functions are in {@link Functions}, derivatives in {@link Gradients}.
 */
public final class Tensor {
  private final Op op;
  private final List<Tensor> inputs;
  private final Shape shape;
  private final ElementType type;

  private Tensor(Op op, List<Tensor> inputs) {
    this.op = op;
    this.inputs = inputs;
    this.shape = op.shape(inputs);
    this.type = op.type(inputs);
  }

  /** Returns the operation applied to the inputs, without simplification. */
  public static Tensor of(Op op, Tensor... inputs) {
    return new Tensor(op, List.of(inputs));
  }

  /** Returns the operation applied to the inputs, without simplification. */
  public static Tensor of(Op op, List<Tensor> inputs) {
    return new Tensor(op, List.copyOf(inputs));
  }

  /** Returns a constant array. */
  public static Tensor constant(Array value) {
    return of(new Sources.Constant(value));
  }

  /** Returns a constant real scalar. */
  public static Tensor constant(double value) {
    return constant(Array.scalar(value));
  }

  /** Returns a tensor with every element set to the same real number. */
  public static Tensor filled(Shape shape, double value) {
    return constant(value).broadcastTo(shape);
  }

  /** Returns a tensor of zeros. */
  public static Tensor zeros(Shape shape) {
    return filled(shape, 0);
  }

  /** Returns the whole numbers 0, 1, …, length − 1. */
  public static Tensor range(int length) {
    return constant(
        Array.of(Shape.of(length), IntStream.range(0, length).asLongStream().toArray()));
  }

  /** Returns an input, whose value is supplied at each run under this name. */
  public static Tensor input(String name, Shape shape, ElementType type) {
    return of(new Sources.Input(name, shape, type));
  }

  /** Returns the operation that produces this tensor. */
  public Op op() {
    return op;
  }

  /** Returns the inputs of the operation. */
  public List<Tensor> inputs() {
    return inputs;
  }

  /** Returns one of the inputs. */
  public Tensor input(int index) {
    return inputs.get(index);
  }

  /** Returns the static sizes of the axes. */
  public Shape shape() {
    return shape;
  }

  /** Returns the element type. */
  public ElementType type() {
    return type;
  }

  /** Returns this + other. */
  public Tensor plus(Tensor other) {
    return Simplify.plus(this, other);
  }

  /** Returns this + number. */
  public Tensor plus(double number) {
    return plus(constant(number));
  }

  /** Returns this − other. */
  public Tensor minus(Tensor other) {
    return Simplify.minus(this, other);
  }

  /** Returns this − number. */
  public Tensor minus(double number) {
    return plus(-number);
  }

  /** Returns this ⊙ other, the element-wise product. */
  public Tensor times(Tensor other) {
    return Simplify.times(this, other);
  }

  /** Returns this · number. */
  public Tensor times(double number) {
    return times(constant(number));
  }

  /** Returns this / other. */
  public Tensor divide(Tensor other) {
    return Simplify.divide(this, other);
  }

  /** Returns this / number. */
  public Tensor divide(double number) {
    return times(1 / number);
  }

  /** Returns −this. */
  public Tensor negate() {
    return Simplify.negate(this);
  }

  /** Returns this², element by element. */
  public Tensor square() {
    return of(new Pointwise.Unary(UnaryFunction.SQUARE), this);
  }

  /** Returns whether this = other, element by element. */
  public Tensor equalTo(Tensor other) {
    return of(new Pointwise.Compare(Pointwise.Comparison.EQUAL), this, other);
  }

  /** Returns whether this &lt; other, element by element. */
  public Tensor less(Tensor other) {
    return of(new Pointwise.Compare(Pointwise.Comparison.LESS), this, other);
  }

  /** Returns whether this ≥ other, element by element. */
  public Tensor greaterOrEqual(Tensor other) {
    return of(new Pointwise.Compare(Pointwise.Comparison.GREATER_OR_EQUAL), this, other);
  }

  /** Returns the sum over the given axes, which are kept with size 1. */
  public Tensor sumKeeping(int... axes) {
    return Simplify.reduce(Reductions.Reduction.SUM, this, axes);
  }

  /** Returns the sum over the given axes, which are removed. */
  public Tensor sum(int... axes) {
    return sumKeeping(axes).reshape(without(axes));
  }

  /** Returns the sum of all elements, a scalar. */
  public Tensor sum() {
    return sum(IntStream.range(0, shape.rank()).toArray());
  }

  /** Returns the mean over the given axes, which are kept with size 1. */
  public Tensor meanKeeping(int... axes) {
    Tensor sum = sumKeeping(axes);
    return sum.divide((double) shape.elements() / Math.max(1, sum.shape.elements()));
  }

  /** Returns the mean over the given axes, which are removed. */
  public Tensor mean(int... axes) {
    return meanKeeping(axes).reshape(without(axes));
  }

  /** Returns the mean of all elements, a scalar. */
  public Tensor mean() {
    return mean(IntStream.range(0, shape.rank()).toArray());
  }

  /** Returns the maximum over the given axes, which are kept with size 1. */
  public Tensor maxKeeping(int... axes) {
    return Simplify.reduce(Reductions.Reduction.MAX, this, axes);
  }

  /** Returns the sum over all axes along which {@code target} would be broadcast to this shape. */
  public Tensor sumTo(Shape target) {
    if (shape.equals(target)) {
      return this;
    }
    int missing = shape.rank() - target.rank();
    int[] axes =
        IntStream.range(0, shape.rank())
            .filter(i -> i < missing || (target.size(i - missing) == 1 && shape.size(i) != 1))
            .toArray();
    return sumKeeping(axes).reshape(target);
  }

  /** Returns the same elements in row-major order with another shape. */
  public Tensor reshape(Shape target) {
    return Simplify.reshape(this, target);
  }

  /** Returns the same elements in row-major order with another shape. */
  public Tensor reshape(int... target) {
    return reshape(Shape.of(target));
  }

  /** Permutes the axes: axis i of the result is axis {@code order[i]} of this. */
  public Tensor transpose(int... order) {
    return Simplify.transpose(this, IntStream.of(order).boxed().toList());
  }

  /** Repeats missing axes and axes of size 1 up to the target shape. */
  public Tensor broadcastTo(Shape target) {
    return shape.equals(target) ? this : of(new ShapeOps.Broadcast(target), this);
  }

  /** Returns {@code size} elements along one axis, from {@code start}. */
  public Tensor slice(int axis, int start, int size) {
    int[] starts = new int[shape.rank()];
    starts[shape.axis(axis)] = start;
    Shape target = shape.with(axis, size);
    return start == 0 && target.equals(shape)
        ? this
        : of(new ShapeOps.Slice(IntStream.of(starts).boxed().toList(), target), this);
  }

  /**
   * Returns the matrix product with a matrix [in, out] along the last axis: [..., in] → [..., out].
   */
  public Tensor dot(Tensor matrix) {
    int rank = shape.rank();
    int rows = shape.elements() / Math.max(1, shape.size(-1));
    Tensor flat = reshape(rows, shape.size(-1));
    return Functions.matMul(flat, false, matrix, false)
        .reshape(shape.slice(0, rank - 1).plus(matrix.shape().size(-1)));
  }

  /** Returns the value of all elements if this is a uniform constant, else null. */
  @Nullable Double uniformValue() {
    if (op instanceof ShapeOps.Broadcast || op instanceof ShapeOps.Reshape) {
      return inputs.get(0).uniformValue();
    }
    return op instanceof Sources.Constant constant
            && type == ElementType.REAL
            && shape.elements() == 1
        ? Double.valueOf(constant.value().real(0))
        : null;
  }

  private Shape without(int... axes) {
    List<Integer> gone = IntStream.of(axes).map(shape::axis).boxed().toList();
    return Shape.of(
        IntStream.range(0, shape.rank()).filter(i -> !gone.contains(i)).map(shape::size).toArray());
  }

  /** Returns operation, type and shape, for messages. */
  @Override
  public String toString() {
    return op.name() + " " + type + " " + shape;
  }
}
