package dev.ebt.tensor;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A symbolic tensor: an operation and what it is applied to. Immutable; nothing is computed until a
 * {@link dev.ebt.tensor.Program} of tensors is compiled and run by a backend. Shape and type are
 * static and checked here, when the tensor is made.
 *
 * <p>The methods here are arithmetic, shape and reduction, to be read like a formula: {@code
 * y.minus(alpha.times(gradient))}. Arithmetic broadcasts as NumPy does: shapes are aligned at the
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

  /** The operation applied to the inputs, as it is (no simplification). */
  public static Tensor of(Op op, Tensor... inputs) {
    return new Tensor(op, List.of(inputs));
  }

  /** The operation applied to the inputs, as it is (no simplification). */
  public static Tensor of(Op op, List<Tensor> inputs) {
    return new Tensor(op, List.copyOf(inputs));
  }

  /** A fixed array. */
  public static Tensor constant(Array value) {
    return of(new Sources.Constant(value));
  }

  /** A fixed real number. */
  public static Tensor constant(double value) {
    return constant(Array.scalar(value));
  }

  /** Every element the same real number. */
  public static Tensor filled(Shape shape, double value) {
    return constant(value).broadcastTo(shape);
  }

  /** Every element 0. */
  public static Tensor zeros(Shape shape) {
    return filled(shape, 0);
  }

  /** The whole numbers 0, 1, …, length − 1. */
  public static Tensor range(int length) {
    return constant(
        Array.of(Shape.of(length), IntStream.range(0, length).asLongStream().toArray()));
  }

  /** A value that is given at each run under this name. */
  public static Tensor input(String name, Shape shape, ElementType type) {
    return of(new Sources.Input(name, shape, type));
  }

  /** The operation whose result this is. */
  public Op op() {
    return op;
  }

  /** What the operation is applied to. */
  public List<Tensor> inputs() {
    return inputs;
  }

  /** One of the inputs. */
  public Tensor input(int index) {
    return inputs.get(index);
  }

  /** The static sizes of the axes. */
  public Shape shape() {
    return shape;
  }

  /** What the elements are. */
  public ElementType type() {
    return type;
  }

  /** this + other. */
  public Tensor plus(Tensor other) {
    return Simplify.plus(this, other);
  }

  /** this + number. */
  public Tensor plus(double number) {
    return plus(constant(number));
  }

  /** this − other. */
  public Tensor minus(Tensor other) {
    return Simplify.minus(this, other);
  }

  /** this − number. */
  public Tensor minus(double number) {
    return plus(-number);
  }

  /** this ⊙ other: the product element by element. */
  public Tensor times(Tensor other) {
    return Simplify.times(this, other);
  }

  /** this · number. */
  public Tensor times(double number) {
    return times(constant(number));
  }

  /** this / other. */
  public Tensor divide(Tensor other) {
    return Simplify.divide(this, other);
  }

  /** this / number. */
  public Tensor divide(double number) {
    return times(1 / number);
  }

  /** −this. */
  public Tensor negate() {
    return Simplify.negate(this);
  }

  /** this², element by element. */
  public Tensor square() {
    return of(new Pointwise.Unary(UnaryFunction.SQUARE), this);
  }

  /** Whether this = other. */
  public Tensor equalTo(Tensor other) {
    return of(new Pointwise.Compare(Pointwise.Comparison.EQUAL), this, other);
  }

  /** Whether this is less than the other, element by element. */
  public Tensor less(Tensor other) {
    return of(new Pointwise.Compare(Pointwise.Comparison.LESS), this, other);
  }

  /** Whether this ≥ other. */
  public Tensor greaterOrEqual(Tensor other) {
    return of(new Pointwise.Compare(Pointwise.Comparison.GREATER_OR_EQUAL), this, other);
  }

  /** The sum over the given axes, which are kept with size 1. */
  public Tensor sumKeeping(int... axes) {
    return Simplify.reduce(Reductions.Reduction.SUM, this, axes);
  }

  /** The sum over the given axes, which go away. */
  public Tensor sum(int... axes) {
    return sumKeeping(axes).reshape(without(axes));
  }

  /** The sum of all elements, a scalar. */
  public Tensor sum() {
    return sum(IntStream.range(0, shape.rank()).toArray());
  }

  /** The mean over the given axes, which are kept with size 1. */
  public Tensor meanKeeping(int... axes) {
    Tensor sum = sumKeeping(axes);
    return sum.divide((double) shape.elements() / Math.max(1, sum.shape.elements()));
  }

  /** The mean over the given axes, which go away. */
  public Tensor mean(int... axes) {
    return meanKeeping(axes).reshape(without(axes));
  }

  /** The mean of all elements, a scalar. */
  public Tensor mean() {
    return mean(IntStream.range(0, shape.rank()).toArray());
  }

  /** The largest element over the given axes, which are kept with size 1. */
  public Tensor maxKeeping(int... axes) {
    return Simplify.reduce(Reductions.Reduction.MAX, this, axes);
  }

  /** The sum over all axes along which {@code target} would be broadcast to this shape. */
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

  /** The same elements, row-major, under another shape. */
  public Tensor reshape(Shape target) {
    return Simplify.reshape(this, target);
  }

  /** The same elements, row-major, under another shape. */
  public Tensor reshape(int... target) {
    return reshape(Shape.of(target));
  }

  /** Axes in another order: axis i of the result is axis {@code order[i]} of this. */
  public Tensor transpose(int... order) {
    return Simplify.transpose(this, IntStream.of(order).boxed().toList());
  }

  /** Repeated along missing axes and axes of size 1 up to the target shape. */
  public Tensor broadcastTo(Shape target) {
    return shape.equals(target) ? this : of(new ShapeOps.Broadcast(target), this);
  }

  /** {@code size} elements along one axis, from {@code start}. */
  public Tensor slice(int axis, int start, int size) {
    int[] starts = new int[shape.rank()];
    starts[shape.axis(axis)] = start;
    Shape target = shape.with(axis, size);
    return start == 0 && target.equals(shape)
        ? this
        : of(new ShapeOps.Slice(IntStream.of(starts).boxed().toList(), target), this);
  }

  /** The matrix product with a matrix [in, out] along the last axis: [..., in] → [..., out]. */
  public Tensor dot(Tensor matrix) {
    int rank = shape.rank();
    int rows = shape.elements() / Math.max(1, shape.size(-1));
    Tensor flat = reshape(rows, shape.size(-1));
    return Functions.matMul(flat, false, matrix, false)
        .reshape(shape.slice(0, rank - 1).plus(matrix.shape().size(-1)));
  }

  /** The constant that every element is, if this is such a constant. */
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

  /** Operation, type and shape, for messages. */
  @Override
  public String toString() {
    return op.name() + " " + type + " " + shape;
  }
}
