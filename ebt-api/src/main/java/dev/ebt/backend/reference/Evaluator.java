package dev.ebt.backend.reference;

import dev.ebt.backend.VariableBinding;
import dev.ebt.error.Required;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Indexing;
import dev.ebt.tensor.MatMul;
import dev.ebt.tensor.Op;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Pointwise;
import dev.ebt.tensor.Reductions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeOps;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** An evaluator that computes the value of each operation from the values of its inputs. */
final class Evaluator implements Op.Visitor<Value> {
  private final Map<Tensor, Value> live;
  private final Map<String, Array> inputs;
  private final ReferenceBackend backend;
  private final VariableBinding binding;

  /**
   * Creates an evaluator. {@code live} holds the values of the tensors evaluated before; it is only
   * read.
   */
  Evaluator(
      Map<Tensor, Value> live,
      Map<String, Array> inputs,
      ReferenceBackend backend,
      VariableBinding binding) {
    this.binding = binding;
    this.live = live;
    this.inputs = inputs;
    this.backend = backend;
  }

  private Value value(Tensor tensor, int input) {
    return Required.of(live, tensor.input(input));
  }

  @Override
  public Value constant(Sources.Constant op, Tensor tensor) {
    return Value.of(op.value());
  }

  @Override
  public Value input(Sources.Input op, Tensor tensor) {
    return Value.of(Required.of(inputs, op.label()));
  }

  @Override
  public Value read(Sources.Read op, Tensor tensor) {
    return backend.get(binding.of(op.variable()));
  }

  @Override
  public Value unary(Pointwise.Unary op, Tensor tensor) {
    double[] x = value(tensor, 0).reals();
    return new Value(tensor.shape(), Arrays.stream(x).map(Elementwise.of(op.function())).toArray());
  }

  @Override
  public Value binary(Pointwise.Binary op, Tensor tensor) {
    Value a = DataMovement.broadcast(value(tensor, 0), tensor.shape());
    Value b = DataMovement.broadcast(value(tensor, 1), tensor.shape());
    return new Value(
        tensor.shape(),
        tensor.type() == ElementType.INTEGER
            ? Elementwise.of(op.function(), a.wholes(), b.wholes())
            : Elementwise.of(op.function(), a.reals(), b.reals()));
  }

  @Override
  public Value compare(Pointwise.Compare op, Tensor tensor) {
    Value a = DataMovement.broadcast(value(tensor, 0), tensor.shape());
    Value b = DataMovement.broadcast(value(tensor, 1), tensor.shape());
    boolean[] y = new boolean[tensor.shape().elements()];
    boolean whole = tensor.input(0).type() == ElementType.INTEGER;
    for (int i = 0; i < y.length; i++) {
      y[i] =
          whole
              ? Elementwise.holds(op.comparison(), a.wholes()[i], b.wholes()[i])
              : Elementwise.holds(op.comparison(), a.reals()[i], b.reals()[i]);
    }
    return new Value(tensor.shape(), y);
  }

  @Override
  public Value select(Pointwise.Select op, Tensor tensor) {
    boolean[] condition = value(tensor, 0).truths();
    int[] chosen = IntStream.range(0, condition.length).filter(i -> condition[i]).toArray();
    Value result = value(tensor, 2).copy();
    DataMovement.put(
        DataMovement.pick(value(tensor, 1), chosen, Shape.of(chosen.length)),
        chosen,
        result.elements());
    return result;
  }

  @Override
  public Value cast(Pointwise.Cast op, Tensor tensor) {
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
  public Value reduce(Reductions.Reduce op, Tensor tensor) {
    double[] x = value(tensor, 0).reals();
    double[] y = new double[tensor.shape().elements()];
    DoubleBinaryOperator join = Double::sum;
    if (op.reduction() == Reductions.Reduction.MAX) {
      Arrays.fill(y, Double.NEGATIVE_INFINITY);
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
  public Value argMax(Reductions.ArgMax op, Tensor tensor) {
    return new Value(tensor.shape(), LastAxisOps.argMax(value(tensor, 0)));
  }

  @Override
  public Value reshape(ShapeOps.Reshape op, Tensor tensor) {
    return new Value(tensor.shape(), value(tensor, 0).elements());
  }

  @Override
  public Value transpose(ShapeOps.Transpose op, Tensor tensor) {
    return DataMovement.transpose(value(tensor, 0), op.order());
  }

  @Override
  public Value broadcast(ShapeOps.Broadcast op, Tensor tensor) {
    return DataMovement.broadcast(value(tensor, 0), tensor.shape());
  }

  @Override
  public Value slice(ShapeOps.Slice op, Tensor tensor) {
    int[] places = Offsets.block(tensor.shape(), tensor.input(0).shape(), op.starts());
    return DataMovement.pick(value(tensor, 0), places, tensor.shape());
  }

  @Override
  public Value pad(ShapeOps.Pad op, Tensor tensor) {
    Object whole = Value.room(tensor.type(), tensor.shape().elements());
    int[] places = Offsets.block(tensor.input(0).shape(), tensor.shape(), op.starts());
    DataMovement.put(value(tensor, 0), places, whole);
    return new Value(tensor.shape(), whole);
  }

  @Override
  public Value concat(ShapeOps.Concat op, Tensor tensor) {
    Object whole = Value.room(tensor.type(), tensor.shape().elements());
    List<Integer> starts = new ArrayList<>(Collections.nCopies(tensor.shape().rank(), 0));
    for (Tensor part : tensor.inputs()) {
      DataMovement.put(
          Required.of(live, part), Offsets.block(part.shape(), tensor.shape(), starts), whole);
      starts.set(op.axis(), starts.get(op.axis()) + part.shape().size(op.axis()));
    }
    return new Value(tensor.shape(), whole);
  }

  @Override
  public Value matMul(MatMul op, Tensor tensor) {
    Value a = op.transposeLeft() ? DataMovement.transposed(value(tensor, 0)) : value(tensor, 0);
    Value b = op.transposeRight() ? DataMovement.transposed(value(tensor, 1)) : value(tensor, 1);
    int rows = a.shape().size(-2);
    int inner = a.shape().size(-1);
    int columns = b.shape().size(-1);
    int batch = a.shape().slice(0, a.shape().rank() - 2).elements();
    return new Value(
        tensor.shape(), MatrixProduct.of(a.reals(), b.reals(), batch, rows, inner, columns));
  }

  @Override
  public Value gather(Indexing.Gather op, Tensor tensor) {
    Shape table = tensor.input(0).shape();
    int width = table.slice(1, table.rank()).elements();
    int[] places = Offsets.rows(op.name(), value(tensor, 1).wholes(), table.size(0), width);
    return DataMovement.pick(value(tensor, 0), places, tensor.shape());
  }

  @Override
  public Value scatterAdd(Indexing.ScatterAdd op, Tensor tensor) {
    double[] updates = value(tensor, 0).reals();
    double[] table = new double[tensor.shape().elements()];
    int width = tensor.shape().slice(1, tensor.shape().rank()).elements();
    int[] places = Offsets.rows(op.name(), value(tensor, 1).wholes(), op.rows(), width);
    for (int i = 0; i < updates.length; i++) {
      table[places[i]] += updates[i];
    }
    return new Value(tensor.shape(), table);
  }

  @Override
  public Value scatterUpdate(Indexing.ScatterUpdate op, Tensor tensor) {
    Value table = value(tensor, 0).copy();
    int width = tensor.shape().slice(1, tensor.shape().rank()).elements();
    int[] places =
        Offsets.rows(op.name(), value(tensor, 1).wholes(), tensor.shape().size(0), width);
    DataMovement.put(value(tensor, 2), places, table.elements());
    return table;
  }

  @Override
  public Value oneHot(Indexing.OneHot op, Tensor tensor) {
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
  public Value softmax(Reductions.Softmax op, Tensor tensor) {
    double[] logarithms = LastAxisOps.logSoftmax(value(tensor, 0));
    return new Value(tensor.shape(), Arrays.stream(logarithms).map(Math::exp).toArray());
  }

  @Override
  public Value logSoftmax(Reductions.LogSoftmax op, Tensor tensor) {
    return new Value(tensor.shape(), LastAxisOps.logSoftmax(value(tensor, 0)));
  }

  @Override
  public Value stopGradient(Pointwise.StopGradient op, Tensor tensor) {
    return value(tensor, 0);
  }

  @Override
  public Value barrier(Pointwise.Barrier op, Tensor tensor) {
    return value(tensor, 0);
  }

  @Override
  public Value random(Sources.Random op, Tensor tensor) {
    long[] keys = value(tensor, 0).wholes();
    int draws = keys.length / 2;
    double[] numbers = new double[tensor.shape().elements()];
    int count = draws == 0 ? 0 : numbers.length / draws;
    for (int i = 0; i < draws; i++) {
      long key = Philox.key(keys[2 * i], op.site());
      long step = keys[2 * i + 1];
      double[] drawn =
          switch (op.distribution()) {
            case NORMAL -> Philox.normal(key, step, count);
            case UNIFORM -> Philox.uniform(key, step, count);
          };
      System.arraycopy(drawn, 0, numbers, i * count, count);
    }
    return new Value(tensor.shape(), numbers);
  }
}
