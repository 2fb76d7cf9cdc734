package dev.ebt.tensor;

import java.util.List;

/**
 * The primitive operations of the language: all that a backend has to know. Each is a record of its
 * static settings; what it is applied to are the inputs of the {@link Tensor} that carries it. An
 * operation knows the shape of its result and its derivative ({@link #pullback}), which is written
 * in these same operations, so that derivatives of any order need nothing more.
 */
public sealed interface Op {

  /** Name for messages and graphs: that of the record, unless the operation says otherwise. */
  default String name() {
    String simple = getClass().getSimpleName();
    return Character.toLowerCase(simple.charAt(0)) + simple.substring(1);
  }

  /**
   * Shape of the result.
   *
   * @throws ShapeException if the inputs do not fit the operation or each other
   */
  Shape shape(List<Tensor> inputs);

  /** Element type of the result: that of the first input, unless the operation says otherwise. */
  default ElementType type(List<Tensor> inputs) {
    return inputs.get(0).type();
  }

  /**
   * For {@code y = op(inputs)} and a cotangent of y, the cotangent of each input; {@code null}
   * where the derivative is zero everywhere or there is none (whole numbers, random numbers).
   */
  List<Tensor> pullback(Tensor y, Tensor cotangent);

  /** Calls the visitor's method for this operation. */
  <R> R accept(Visitor<R> visitor, Tensor tensor);

  /** One method per primitive: a backend that implements it is complete, as the compiler sees. */
  interface Visitor<R> {
    R constant(Constant op, Tensor tensor);

    R input(Input op, Tensor tensor);

    R read(Read op, Tensor tensor);

    R unary(Unary op, Tensor tensor);

    R binary(Binary op, Tensor tensor);

    R compare(Compare op, Tensor tensor);

    R select(Select op, Tensor tensor);

    R cast(Cast op, Tensor tensor);

    R reduce(Reduce op, Tensor tensor);

    R argMax(ArgMax op, Tensor tensor);

    R reshape(Reshape op, Tensor tensor);

    R transpose(Transpose op, Tensor tensor);

    R broadcast(Broadcast op, Tensor tensor);

    R slice(Slice op, Tensor tensor);

    R pad(Pad op, Tensor tensor);

    R concat(Concat op, Tensor tensor);

    R matMul(MatMul op, Tensor tensor);

    R gather(Gather op, Tensor tensor);

    R scatterAdd(ScatterAdd op, Tensor tensor);

    R oneHot(OneHot op, Tensor tensor);

    R softmax(Softmax op, Tensor tensor);

    R logSoftmax(LogSoftmax op, Tensor tensor);

    R stopGradient(StopGradient op, Tensor tensor);

    R random(Random op, Tensor tensor);
  }

  /** An operation without inputs, or through which no derivative passes. */
  sealed interface Opaque extends Op {
    @Override
    default List<Tensor> pullback(Tensor y, Tensor cotangent) {
      return java.util.Collections.nCopies(y.inputs().size(), null);
    }
  }

  /** A fixed array. */
  record Constant(Array value) implements Opaque {
    @Override
    public Shape shape(List<Tensor> inputs) {
      return value.shape();
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return value.type();
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.constant(this, tensor);
    }
  }

  /** A value given to the program at each run, by name. */
  record Input(String label, Shape inputShape, ElementType inputType) implements Opaque {
    @Override
    public Shape shape(List<Tensor> inputs) {
      return inputShape;
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return inputType;
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.input(this, tensor);
    }
  }

  /** The value of a variable at the start of the run, whatever updates the run makes to it. */
  record Read(Variable variable) implements Opaque {
    @Override
    public Shape shape(List<Tensor> inputs) {
      return variable.shape();
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return variable.type();
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.read(this, tensor);
    }
  }

  /** y = f(x), element by element. */
  record Unary(UnaryFunction function) implements Op {
    @Override
    public String name() {
      return OpNames.of(function);
    }

    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.real(name(), inputs);
      return inputs.get(0).shape();
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      return List.of(function.pullback(y.input(0), y, cotangent));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.unary(this, tensor);
    }
  }

  /** y = f(a, b), element by element, after broadcasting both to their common shape. */
  record Binary(BinaryFunction function) implements Op {
    @Override
    public String name() {
      return OpNames.of(function);
    }

    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.numbers(name(), inputs);
      return Shape.broadcast(name(), inputs.get(0).shape(), inputs.get(1).shape());
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      if (y.type() != ElementType.REAL) {
        return java.util.Arrays.asList(null, null);
      }
      List<Tensor> full = function.pullback(y.input(0), y.input(1), cotangent);
      return List.of(full.get(0).sumTo(y.input(0).shape()), full.get(1).sumTo(y.input(1).shape()));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.binary(this, tensor);
    }
  }

  /** Whether a ⋚ b, element by element, after broadcasting. */
  record Compare(Comparison comparison) implements Opaque {
    @Override
    public String name() {
      return OpNames.of(comparison);
    }

    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.numbers(name(), inputs);
      return Shape.broadcast(name(), inputs.get(0).shape(), inputs.get(1).shape());
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return ElementType.BOOLEAN;
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.compare(this, tensor);
    }
  }

  /** Inputs (condition, a, b): a where the condition holds, else b. All of one shape. */
  record Select() implements Op {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.type(name(), inputs.get(0), ElementType.BOOLEAN);
      Checks.sameType(name(), inputs.subList(1, 3));
      Checks.sameShape(name(), inputs);
      return inputs.get(1).shape();
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return inputs.get(1).type();
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      Tensor nothing = Tensor.zeros(y.shape());
      return java.util.Arrays.asList(
          null,
          Functions.select(y.input(0), cotangent, nothing),
          Functions.select(y.input(0), nothing, cotangent));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.select(this, tensor);
    }
  }

  /** Whole numbers or truth values (1 and 0) as real numbers, or truth values as whole numbers. */
  record Cast(ElementType target) implements Opaque {
    @Override
    public Shape shape(List<Tensor> inputs) {
      if (inputs.get(0).type() == ElementType.REAL || target == ElementType.BOOLEAN) {
        throw new ShapeException(name(), "no cast from " + inputs.get(0).type() + " to " + target);
      }
      return inputs.get(0).shape();
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return target;
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.cast(this, tensor);
    }
  }

  /** The sum, or the largest element, over some axes, which are kept with size 1. */
  record Reduce(Reduction reduction, List<Integer> axes) implements Op {
    /** Axes counted from the front, without repetition. */
    public Reduce {
      axes = axes.stream().sorted().distinct().toList();
    }

    @Override
    public String name() {
      return OpNames.of(reduction);
    }

    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.real(name(), inputs);
      Shape shape = inputs.get(0).shape();
      for (int axis : axes) {
        shape = shape.with(axis, 1);
      }
      return shape;
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      Tensor x = y.input(0);
      return switch (reduction) {
        case SUM -> List.of(cotangent.broadcastTo(x.shape()));
        case MAX -> {
          // Elements that share the maximum share its derivative.
          Tensor winners = Functions.real(x.equalTo(y.broadcastTo(x.shape())));
          Tensor share = cotangent.divide(Tensor.of(new Reduce(Reduction.SUM, axes), winners));
          yield List.of(winners.times(share));
        }
      };
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.reduce(this, tensor);
    }
  }

  /**
   * Index of the largest element along the last axis (the first of equals); that axis goes away.
   */
  record ArgMax() implements Opaque {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.real(name(), inputs);
      Checks.rankAtLeast(name(), inputs.get(0), 1);
      return inputs.get(0).shape().slice(0, inputs.get(0).shape().rank() - 1);
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return ElementType.INTEGER;
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.argMax(this, tensor);
    }
  }

  /** The same elements in row-major order under another shape. */
  record Reshape(Shape target) implements Op {
    @Override
    public Shape shape(List<Tensor> inputs) {
      if (inputs.get(0).shape().elements() != target.elements()) {
        throw new ShapeException(name(), inputs.get(0).shape() + " does not fill " + target);
      }
      return target;
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      return List.of(cotangent.reshape(y.input(0).shape()));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.reshape(this, tensor);
    }
  }

  /** Axes in another order: axis i of the result is axis {@code order(i)} of the input. */
  record Transpose(List<Integer> order) implements Op {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Shape shape = inputs.get(0).shape();
      boolean permutation =
          order.size() == shape.rank()
              && order.stream()
                  .sorted()
                  .toList()
                  .equals(java.util.stream.IntStream.range(0, shape.rank()).boxed().toList());
      if (!permutation) {
        throw new ShapeException(name(), order + " is not an order of the axes of " + shape);
      }
      return Shape.of(order.stream().mapToInt(shape::size).toArray());
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      int[] inverse = new int[order.size()];
      for (int i = 0; i < inverse.length; i++) {
        inverse[order.get(i)] = i;
      }
      return List.of(cotangent.transpose(inverse));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.transpose(this, tensor);
    }
  }

  /** Axes of size 1 (or missing in front) repeated up to the target shape. */
  record Broadcast(Shape target) implements Op {
    @Override
    public Shape shape(List<Tensor> inputs) {
      if (!Shape.broadcast(name(), inputs.get(0).shape(), target).equals(target)) {
        throw new ShapeException(
            name(), inputs.get(0).shape() + " does not broadcast to " + target);
      }
      return target;
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      return List.of(cotangent.sumTo(y.input(0).shape()));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.broadcast(this, tensor);
    }
  }

  /** The block of the target shape that begins at {@code starts}. */
  record Slice(List<Integer> starts, Shape target) implements Op {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Shape shape = inputs.get(0).shape();
      boolean inside = starts.size() == shape.rank() && target.rank() == shape.rank();
      for (int i = 0; inside && i < starts.size(); i++) {
        inside = starts.get(i) >= 0 && starts.get(i) + target.size(i) <= shape.size(i);
      }
      if (!inside) {
        throw new ShapeException(name(), target + " at " + starts + " is not inside " + shape);
      }
      return target;
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      return List.of(Tensor.of(new Pad(starts, y.input(0).shape()), cotangent));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.slice(this, tensor);
    }
  }

  /**
   * The input as a block that begins at {@code starts} in an array of zeros of the target shape.
   */
  record Pad(List<Integer> starts, Shape target) implements Op {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Shape shape = inputs.get(0).shape();
      boolean inside = starts.size() == shape.rank() && target.rank() == shape.rank();
      for (int i = 0; inside && i < starts.size(); i++) {
        inside = starts.get(i) >= 0 && starts.get(i) + shape.size(i) <= target.size(i);
      }
      if (!inside) {
        throw new ShapeException(name(), shape + " at " + starts + " is not inside " + target);
      }
      return target;
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      return List.of(Tensor.of(new Slice(starts, y.input(0).shape()), cotangent));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.pad(this, tensor);
    }
  }

  /** The inputs one after the other along one axis (counted from the front). */
  record Concat(int axis) implements Op {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.sameType(name(), inputs);
      Shape first = inputs.get(0).shape();
      int total = 0;
      for (Tensor input : inputs) {
        boolean joins =
            axis < Math.min(first.rank(), input.shape().rank())
                && input.shape().with(axis, first.size(axis)).equals(first);
        if (!joins) {
          throw new ShapeException(
              name(), first + " and " + input.shape() + " do not join along axis " + axis);
        }
        total += input.shape().size(axis);
      }
      return first.with(axis, total);
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      List<Tensor> parts = new java.util.ArrayList<>();
      int start = 0;
      for (Tensor input : y.inputs()) {
        int size = input.shape().size(axis);
        parts.add(cotangent.slice(axis, start, size));
        start += size;
      }
      return parts;
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.concat(this, tensor);
    }
  }

  /**
   * Matrix product over the last two axes, each side transposed in them first if said so; all axes
   * before them are batch axes, equal on both sides.
   */
  record MatMul(boolean transposeLeft, boolean transposeRight) implements Op {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.real(name(), inputs);
      Shape left = inputs.get(0).shape();
      Shape right = inputs.get(1).shape();
      int rank = left.rank();
      String product =
          left + (transposeLeft ? "ᵀ" : "") + " · " + right + (transposeRight ? "ᵀ" : "");
      if (rank < 2
          || right.rank() != rank
          || !left.slice(0, rank - 2).equals(right.slice(0, rank - 2))) {
        throw new ShapeException(name(), product + ": batch axes differ");
      }
      int inner = left.size(transposeLeft ? -2 : -1);
      if (inner != right.size(transposeRight ? -1 : -2)) {
        throw new ShapeException(name(), product + ": inner sizes differ");
      }
      return left.slice(0, rank - 2)
          .plus(left.size(transposeLeft ? -1 : -2), right.size(transposeRight ? -2 : -1));
    }

    /** For Y = op(A)·op(B): dA = G·op(B)ᵀ and dB = op(A)ᵀ·G, transposed where A or B was. */
    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      Tensor a = y.input(0);
      Tensor b = y.input(1);
      Tensor toA =
          transposeLeft
              ? Functions.matMul(b, transposeRight, cotangent, true)
              : Functions.matMul(cotangent, false, b, !transposeRight);
      Tensor toB =
          transposeRight
              ? Functions.matMul(cotangent, true, a, transposeLeft)
              : Functions.matMul(a, !transposeLeft, cotangent, false);
      return List.of(toA, toB);
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.matMul(this, tensor);
    }
  }

  /** Inputs (table, indices): the rows {@code table[indices]}; shape of indices, then of a row. */
  record Gather() implements Op {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.rankAtLeast(name(), inputs.get(0), 1);
      Checks.type(name(), inputs.get(1), ElementType.INTEGER);
      Shape table = inputs.get(0).shape();
      return inputs.get(1).shape().plus(table.slice(1, table.rank()).toIntArray());
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      int rows = y.input(0).shape().size(0);
      return java.util.Arrays.asList(Tensor.of(new ScatterAdd(rows), cotangent, y.input(1)), null);
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.gather(this, tensor);
    }
  }

  /**
   * Inputs (updates, indices): a table of {@code rows} rows, row r the sum of updates with index r.
   */
  record ScatterAdd(int rows) implements Op {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.type(name(), inputs.get(0), ElementType.REAL);
      Checks.type(name(), inputs.get(1), ElementType.INTEGER);
      Shape updates = inputs.get(0).shape();
      Shape indices = inputs.get(1).shape();
      if (updates.rank() < indices.rank() || !updates.slice(0, indices.rank()).equals(indices)) {
        throw new ShapeException(name(), "updates " + updates + " for indices " + indices);
      }
      return Shape.of(rows).plus(updates.slice(indices.rank(), updates.rank()).toIntArray());
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      return java.util.Arrays.asList(Functions.gather(cotangent, y.input(1)), null);
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.scatterAdd(this, tensor);
    }
  }

  /** Index i as a row of {@code depth} zeros with a real 1 at i; only zeros if i is outside. */
  record OneHot(int depth) implements Opaque {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.type(name(), inputs.get(0), ElementType.INTEGER);
      return inputs.get(0).shape().plus(depth);
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return ElementType.REAL;
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.oneHot(this, tensor);
    }
  }

  /** softmax(x)ᵢ = eˣⁱ / Σⱼ eˣʲ along the last axis. */
  record Softmax() implements Op {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.real(name(), inputs);
      Checks.rankAtLeast(name(), inputs.get(0), 1);
      return inputs.get(0).shape();
    }

    /** y ⊙ (g − ⟨g, y⟩). */
    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      return List.of(y.times(cotangent.minus(cotangent.times(y).sumKeeping(-1))));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.softmax(this, tensor);
    }
  }

  /** log softmax(x) along the last axis, without the overflow of computing it in two steps. */
  record LogSoftmax() implements Op {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.real(name(), inputs);
      Checks.rankAtLeast(name(), inputs.get(0), 1);
      return inputs.get(0).shape();
    }

    /** g − softmax(x) · Σg. */
    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      Tensor softmax = Functions.softmax(y.input(0));
      return List.of(cotangent.minus(softmax.times(cotangent.sumKeeping(-1))));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.logSoftmax(this, tensor);
    }
  }

  /** The same value; no derivative passes. */
  record StopGradient() implements Opaque {
    @Override
    public Shape shape(List<Tensor> inputs) {
      return inputs.get(0).shape();
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.stopGradient(this, tensor);
    }
  }

  /**
   * Independent random numbers: a pure function of the key and the site. The input is the key, two
   * whole numbers (seed, step); {@code site} tells apart the places of one program that draw. The
   * exact numbers are those of {@link Philox}, on every backend.
   */
  record Random(Distribution distribution, Shape target, long site) implements Opaque {
    @Override
    public String name() {
      return OpNames.of(distribution);
    }

    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.type(name(), inputs.get(0), ElementType.INTEGER);
      if (!inputs.get(0).shape().equals(Shape.of(2))) {
        throw new ShapeException(
            name(), "key of shape [2] expected, found " + inputs.get(0).shape());
      }
      return target;
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return ElementType.REAL;
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.random(this, tensor);
    }
  }

  /** How two numbers are compared. */
  enum Comparison {
    EQUAL,
    LESS,
    GREATER_OR_EQUAL
  }

  /** What is taken over the elements of the reduced axes. */
  enum Reduction {
    SUM,
    MAX
  }

  /** What random numbers are drawn from. */
  enum Distribution {
    /** Mean 0, standard deviation 1. */
    NORMAL,
    /** From 0 (inclusive) to 1 (exclusive). */
    UNIFORM
  }
}
