package dev.ebt.backend.reference;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Op;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;

/** What each operation is worth, given what its inputs are worth. */
final class Evaluator implements Op.Visitor<Value> {
  private final Map<Tensor, Value> live;
  private final Map<String, Array> inputs;
  private final ReferenceBackend backend;

  /** {@code live} holds the values of the tensors evaluated before; it is read and not written. */
  Evaluator(Map<Tensor, Value> live, Map<String, Array> inputs, ReferenceBackend backend) {
    this.live = live;
    this.inputs = inputs;
    this.backend = backend;
  }

  private Value value(Tensor tensor, int input) {
    return live.get(tensor.input(input));
  }

  @Override
  public Value constant(Op.Constant op, Tensor tensor) {
    return Value.of(op.value());
  }

  @Override
  public Value input(Op.Input op, Tensor tensor) {
    return Value.of(inputs.get(op.label()));
  }

  @Override
  public Value read(Op.Read op, Tensor tensor) {
    return backend.get(op.variable());
  }

  @Override
  public Value unary(Op.Unary op, Tensor tensor) {
    DoubleUnaryOperator function = Elementwise.of(op.function());
    double[] x = value(tensor, 0).reals();
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = function.applyAsDouble(x[i]);
    }
    return new Value(tensor.shape(), y);
  }

  @Override
  public Value binary(Op.Binary op, Tensor tensor) {
    Value left = broadcast(value(tensor, 0), tensor.shape());
    Value right = broadcast(value(tensor, 1), tensor.shape());
    if (tensor.type() == ElementType.INTEGER) {
      LongBinaryOperator function = Elementwise.whole(op.function());
      long[] a = left.wholes();
      long[] b = right.wholes();
      long[] y = new long[a.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = function.applyAsLong(a[i], b[i]);
      }
      return new Value(tensor.shape(), y);
    }
    DoubleBinaryOperator function = Elementwise.real(op.function());
    double[] a = left.reals();
    double[] b = right.reals();
    double[] y = new double[a.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = function.applyAsDouble(a[i], b[i]);
    }
    return new Value(tensor.shape(), y);
  }

  @Override
  public Value compare(Op.Compare op, Tensor tensor) {
    Value left = broadcast(value(tensor, 0), tensor.shape());
    Value right = broadcast(value(tensor, 1), tensor.shape());
    boolean[] y = new boolean[tensor.shape().elements()];
    if (tensor.input(0).type() == ElementType.INTEGER) {
      long[] a = left.wholes();
      long[] b = right.wholes();
      for (int i = 0; i < y.length; i++) {
        y[i] =
            switch (op.comparison()) {
              case EQUAL -> a[i] == b[i];
              case LESS -> a[i] < b[i];
              case GREATER_OR_EQUAL -> a[i] >= b[i];
            };
      }
    } else {
      double[] a = left.reals();
      double[] b = right.reals();
      for (int i = 0; i < y.length; i++) {
        y[i] =
            switch (op.comparison()) {
              case EQUAL -> a[i] == b[i];
              case LESS -> a[i] < b[i];
              case GREATER_OR_EQUAL -> a[i] >= b[i];
            };
      }
    }
    return new Value(tensor.shape(), y);
  }

  @Override
  public Value select(Op.Select op, Tensor tensor) {
    boolean[] condition = value(tensor, 0).truths();
    int[] chosen = IntStream.range(0, condition.length).filter(i -> condition[i]).toArray();
    Value result = value(tensor, 2).copy();
    Moves.put(
        Moves.pick(value(tensor, 1), chosen, Shape.of(chosen.length)), chosen, result.elements());
    return result;
  }

  @Override
  public Value cast(Op.Cast op, Tensor tensor) {
    Value x = value(tensor, 0);
    if (op.target() == tensor.input(0).type()) {
      return x;
    }
    int length = tensor.shape().elements();
    if (op.target() == ElementType.INTEGER) {
      long[] y = new long[length];
      for (int i = 0; i < length; i++) {
        y[i] = x.truths()[i] ? 1 : 0;
      }
      return new Value(tensor.shape(), y);
    }
    double[] y = new double[length];
    for (int i = 0; i < length; i++) {
      y[i] = x.elements() instanceof long[] whole ? whole[i] : x.truths()[i] ? 1 : 0;
    }
    return new Value(tensor.shape(), y);
  }

  @Override
  public Value reduce(Op.Reduce op, Tensor tensor) {
    double[] x = value(tensor, 0).reals();
    double[] y = new double[tensor.shape().elements()];
    DoubleBinaryOperator join = Double::sum;
    if (op.reduction() == Op.Reduction.MAX) {
      java.util.Arrays.fill(y, Double.NEGATIVE_INFINITY);
      join = Math::max;
    }
    // The reduced shape broadcasts to the input's: element i belongs to target[i].
    int[] target = Offsets.broadcast(tensor.shape(), tensor.input(0).shape());
    for (int i = 0; i < x.length; i++) {
      y[target[i]] = join.applyAsDouble(y[target[i]], x[i]);
    }
    return new Value(tensor.shape(), y);
  }

  @Override
  public Value argMax(Op.ArgMax op, Tensor tensor) {
    double[] x = value(tensor, 0).reals();
    int size = tensor.input(0).shape().size(-1);
    long[] y = new long[tensor.shape().elements()];
    for (int row = 0; row < y.length; row++) {
      int best = 0;
      for (int i = 1; i < size; i++) {
        if (x[row * size + i] > x[row * size + best]) {
          best = i;
        }
      }
      y[row] = best;
    }
    return new Value(tensor.shape(), y);
  }

  @Override
  public Value reshape(Op.Reshape op, Tensor tensor) {
    return new Value(tensor.shape(), value(tensor, 0).elements());
  }

  @Override
  public Value transpose(Op.Transpose op, Tensor tensor) {
    return transpose(value(tensor, 0), op.order());
  }

  @Override
  public Value broadcast(Op.Broadcast op, Tensor tensor) {
    return broadcast(value(tensor, 0), tensor.shape());
  }

  @Override
  public Value slice(Op.Slice op, Tensor tensor) {
    int[] places = Offsets.block(tensor.shape(), tensor.input(0).shape(), op.starts());
    return Moves.pick(value(tensor, 0), places, tensor.shape());
  }

  @Override
  public Value pad(Op.Pad op, Tensor tensor) {
    Object whole = Value.room(tensor.type(), tensor.shape().elements());
    int[] places = Offsets.block(tensor.input(0).shape(), tensor.shape(), op.starts());
    Moves.put(value(tensor, 0), places, whole);
    return new Value(tensor.shape(), whole);
  }

  @Override
  public Value concat(Op.Concat op, Tensor tensor) {
    Object whole = Value.room(tensor.type(), tensor.shape().elements());
    List<Integer> starts = new ArrayList<>(Collections.nCopies(tensor.shape().rank(), 0));
    for (Tensor part : tensor.inputs()) {
      Moves.put(live.get(part), Offsets.block(part.shape(), tensor.shape(), starts), whole);
      starts.set(op.axis(), starts.get(op.axis()) + part.shape().size(op.axis()));
    }
    return new Value(tensor.shape(), whole);
  }

  @Override
  public Value matMul(Op.MatMul op, Tensor tensor) {
    Value a = op.transposeLeft() ? transposed(value(tensor, 0)) : value(tensor, 0);
    Value b = op.transposeRight() ? transposed(value(tensor, 1)) : value(tensor, 1);
    int rows = a.shape().size(-2);
    int inner = a.shape().size(-1);
    int columns = b.shape().size(-1);
    int batch = a.shape().slice(0, a.shape().rank() - 2).elements();
    return new Value(
        tensor.shape(), MatrixProduct.of(a.reals(), b.reals(), batch, rows, inner, columns));
  }

  @Override
  public Value gather(Op.Gather op, Tensor tensor) {
    Shape table = tensor.input(0).shape();
    int width = table.slice(1, table.rank()).elements();
    int[] places = rows(op, value(tensor, 1).wholes(), table.size(0), width);
    return Moves.pick(value(tensor, 0), places, tensor.shape());
  }

  @Override
  public Value scatterAdd(Op.ScatterAdd op, Tensor tensor) {
    double[] updates = value(tensor, 0).reals();
    double[] table = new double[tensor.shape().elements()];
    int width = tensor.shape().slice(1, tensor.shape().rank()).elements();
    int[] places = rows(op, value(tensor, 1).wholes(), op.rows(), width);
    for (int i = 0; i < updates.length; i++) {
      table[places[i]] += updates[i];
    }
    return new Value(tensor.shape(), table);
  }

  @Override
  public Value oneHot(Op.OneHot op, Tensor tensor) {
    long[] indices = value(tensor, 0).wholes();
    double[] y = new double[tensor.shape().elements()];
    for (int row = 0; row < indices.length; row++) {
      if (indices[row] >= 0 && indices[row] < op.depth()) {
        y[row * op.depth() + (int) indices[row]] = 1;
      }
    }
    return new Value(tensor.shape(), y);
  }

  @Override
  public Value softmax(Op.Softmax op, Tensor tensor) {
    double[] y = logSoftmax(value(tensor, 0));
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.exp(y[i]);
    }
    return new Value(tensor.shape(), y);
  }

  @Override
  public Value logSoftmax(Op.LogSoftmax op, Tensor tensor) {
    return new Value(tensor.shape(), logSoftmax(value(tensor, 0)));
  }

  @Override
  public Value stopGradient(Op.StopGradient op, Tensor tensor) {
    return value(tensor, 0);
  }

  @Override
  public Value random(Op.Random op, Tensor tensor) {
    long[] key = value(tensor, 0).wholes();
    long philoxKey = Philox.key(key[0], op.site());
    int count = tensor.shape().elements();
    return new Value(
        tensor.shape(),
        switch (op.distribution()) {
          case NORMAL -> Philox.normal(philoxKey, key[1], count);
          case UNIFORM -> Philox.uniform(philoxKey, key[1], count);
        });
  }

  /**
   * xᵢ − m − log Σⱼ e^(xⱼ − m) along the last axis, with m the largest x, so that nothing
   * overflows.
   */
  private static double[] logSoftmax(Value value) {
    double[] x = value.reals();
    double[] y = new double[x.length];
    int size = Math.max(1, value.shape().size(-1));
    for (int start = 0; start < x.length; start += size) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = start; i < start + size; i++) {
        largest = Math.max(largest, x[i]);
      }
      double sum = 0;
      for (int i = start; i < start + size; i++) {
        sum += Math.exp(x[i] - largest);
      }
      for (int i = start; i < start + size; i++) {
        y[i] = x[i] - largest - Math.log(sum);
      }
    }
    return y;
  }

  private static Value broadcast(Value value, Shape target) {
    return value.shape().equals(target)
        ? value
        : Moves.pick(value, Offsets.broadcast(value.shape(), target), target);
  }

  private static Value transpose(Value value, List<Integer> order) {
    Shape target = Shape.of(order.stream().mapToInt(value.shape()::size).toArray());
    return Moves.pick(value, Offsets.transpose(value.shape(), target, order), target);
  }

  /** The last two axes exchanged. */
  private static Value transposed(Value value) {
    int rank = value.shape().rank();
    List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.swap(order, rank - 2, rank - 1);
    return transpose(value, order);
  }

  /**
   * The places in a table of all elements of the rows with the given indices, one row after
   * another.
   */
  private static int[] rows(Op op, long[] indices, int rows, int width) {
    int[] places = new int[indices.length * width];
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < 0 || indices[i] >= rows) {
        throw new IllegalArgumentException(
            op.name() + ": index " + indices[i] + " in a table of " + rows + " rows");
      }
      for (int k = 0; k < width; k++) {
        places[i * width + k] = (int) indices[i] * width + k;
      }
    }
    return places;
  }
}
