package dev.ebt.tensorflow;

import dev.ebt.error.Required;
import dev.ebt.tensor.Indexing;
import dev.ebt.tensor.MatMul;
import dev.ebt.tensor.Op;
import dev.ebt.tensor.Pointwise;
import dev.ebt.tensor.Reductions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeOps;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lowering of each primitive to TensorFlow nodes. Broadcasts are left to TensorFlow: one is
 * only written out where its consumer cannot broadcast the smaller operand itself.
 */
final class Lowering implements Op.Visitor<Value> {
  private final GraphWriter writer;
  private final AddNFusion sums;
  private final ScatterFusion scatters;
  private final Map<Tensor, Value> values = new IdentityHashMap<>();
  private final Map<Tensor, String> repeated = new IdentityHashMap<>();
  private final Map<String, String> inputs = new LinkedHashMap<>();
  private final List<String> reads = new ArrayList<>();
  private final InPlaceUpdates inPlace;
  private final MatMulNodes products;

  Lowering(
      GraphWriter writer,
      AddNFusion sums,
      ScatterFusion scatters,
      InPlaceUpdates inPlace,
      ProductRules products) {
    this.writer = writer;
    this.sums = sums;
    this.scatters = scatters;
    this.inPlace = inPlace;
    this.products = new MatMulNodes(writer, products);
  }

  /** Lowers a tensor whose inputs are lowered already. */
  void lower(Tensor tensor) {
    if (!sums.isAbsorbed(tensor) && !scatters.isAbsorbed(tensor)) {
      values.put(tensor, tensor.op().accept(this, tensor));
    }
  }

  /** Returns the node output that holds the tensor in its full shape. */
  String full(Tensor tensor) {
    Value value = value(tensor);
    return value.shape().equals(tensor.shape())
        ? value.output()
        : repeated.computeIfAbsent(tensor, t -> expanded(t, value));
  }

  private String expanded(Tensor tensor, Value value) {
    Shape shape = value.shape();
    if (Broadcasting.sameButLeadingOnes(shape, tensor.shape())) {
      return ShapeNodes.reshape(writer, tensor.type(), tensor.shape(), value.output());
    }
    Shape small = Broadcasting.ofRank(tensor.shape().rank(), shape);
    String output =
        small.equals(shape)
            ? value.output()
            : ShapeNodes.reshape(writer, tensor.type(), small, value.output());
    return ShapeNodes.broadcast(writer, tensor, output);
  }

  /** Returns the placeholders of the program's inputs, by input name. */
  Map<String, String> inputs() {
    return inputs;
  }

  /** Returns the nodes that read variables. */
  List<String> reads() {
    return reads;
  }

  private Value value(Tensor tensor) {
    return Required.of(values, tensor);
  }

  @Override
  public Value constant(Sources.Constant op, Tensor tensor) {
    return whole(tensor, writer.constant(op.value()));
  }

  @Override
  public Value input(Sources.Input op, Tensor tensor) {
    String placeholder =
        writer.placeholder("input_" + inputs.size(), tensor.type(), tensor.shape());
    inputs.put(op.label(), placeholder);
    return whole(tensor, placeholder);
  }

  @Override
  public Value read(Sources.Read op, Tensor tensor) {
    String read =
        writer
            .node("ReadVariableOp", writer.handle(op.variable()))
            .attribute("dtype", tensor.type())
            .add();
    reads.add(read);
    return whole(tensor, read);
  }

  @Override
  public Value unary(Pointwise.Unary op, Tensor tensor) {
    Value x = value(tensor.input(0));
    return new Value(PointwiseNodes.unary(writer, op, tensor, x.output()), x.shape());
  }

  @Override
  public Value binary(Pointwise.Binary op, Tensor tensor) {
    if (sums.isRoot(tensor)) {
      return sum(tensor);
    }
    ScatterFusion.Fused fused = scatters.fused(tensor);
    if (fused != null) {
      return whole(tensor, sum(fused));
    }
    Value a = value(tensor.input(0));
    Value b = value(tensor.input(1));
    return new Value(
        PointwiseNodes.binary(writer, op, tensor, a.output(), b.output()),
        Broadcasting.join(a.shape(), b.shape()));
  }

  private String sum(ScatterFusion.Fused fused) {
    Tensor numbers = fused.scattered().input(0);
    Tensor indices = fused.scattered().input(1);
    return IndexingNodes.addAt(
        writer,
        fused.table().shape(),
        full(fused.table()),
        indices.shape().elements(),
        full(indices),
        full(numbers));
  }

  /**
   * Lowers a chain of additions: all operands of the full shape in one pass, then the smaller ones.
   */
  private Value sum(Tensor tensor) {
    List<Value> large = new ArrayList<>();
    List<Value> small = new ArrayList<>();
    for (Tensor operand : sums.operands(tensor)) {
      Value value = value(operand);
      boolean first =
          large.isEmpty() && Broadcasting.sameButLeadingOnes(value.shape(), tensor.shape());
      boolean alike = !large.isEmpty() && value.shape().equals(large.get(0).shape());
      (first || alike ? large : small).add(value);
    }
    if (large.size() > 1) {
      List<String> operands = large.stream().map(Value::output).toList();
      small.add(0, new Value(PointwiseNodes.sum(writer, tensor, operands), large.get(0).shape()));
    } else {
      small.addAll(0, large);
    }
    return small.stream()
        .reduce(
            (a, b) ->
                new Value(
                    PointwiseNodes.sum(writer, tensor, a.output(), b.output()),
                    Broadcasting.join(a.shape(), b.shape())))
        .orElseThrow();
  }

  @Override
  public Value compare(Pointwise.Compare op, Tensor tensor) {
    Value a = value(tensor.input(0));
    Value b = value(tensor.input(1));
    return new Value(
        PointwiseNodes.compare(writer, op, tensor, a.output(), b.output()),
        Broadcasting.join(a.shape(), b.shape()));
  }

  @Override
  public Value select(Pointwise.Select op, Tensor tensor) {
    Value condition = value(tensor.input(0));
    Value a = value(tensor.input(1));
    Value b = value(tensor.input(2));
    return new Value(
        PointwiseNodes.select(writer, tensor, condition.output(), a.output(), b.output()),
        Broadcasting.join(condition.shape(), Broadcasting.join(a.shape(), b.shape())));
  }

  @Override
  public Value cast(Pointwise.Cast op, Tensor tensor) {
    Value x = value(tensor.input(0));
    return new Value(PointwiseNodes.cast(writer, tensor, x.output()), x.shape());
  }

  @Override
  public Value reduce(Reductions.Reduce op, Tensor tensor) {
    return ReductionNodes.reduce(writer, op, tensor.shape().rank(), unexpanded(tensor.input(0)));
  }

  /** Returns all elements of a tensor, with any number of leading axes of size 1. */
  private Value unexpanded(Tensor tensor) {
    Value value = value(tensor);
    return Broadcasting.sameButLeadingOnes(value.shape(), tensor.shape())
        ? value
        : whole(tensor, full(tensor));
  }

  @Override
  public Value argMax(Reductions.ArgMax op, Tensor tensor) {
    return whole(tensor, ReductionNodes.argMax(writer, tensor, full(tensor.input(0))));
  }

  @Override
  public Value reshape(ShapeOps.Reshape op, Tensor tensor) {
    Value x = unexpanded(tensor.input(0));
    return Broadcasting.sameButLeadingOnes(x.shape(), tensor.shape())
        ? x
        : whole(tensor, ShapeNodes.reshape(writer, tensor.type(), tensor.shape(), x.output()));
  }

  @Override
  public Value transpose(ShapeOps.Transpose op, Tensor tensor) {
    return whole(tensor, ShapeNodes.transpose(writer, op, tensor, full(tensor.input(0))));
  }

  @Override
  public Value broadcast(ShapeOps.Broadcast op, Tensor tensor) {
    return value(tensor.input(0));
  }

  @Override
  public Value slice(ShapeOps.Slice op, Tensor tensor) {
    return whole(tensor, ShapeNodes.slice(writer, op, tensor, full(tensor.input(0))));
  }

  @Override
  public Value pad(ShapeOps.Pad op, Tensor tensor) {
    return whole(tensor, ShapeNodes.pad(writer, op, tensor, full(tensor.input(0))));
  }

  @Override
  public Value concat(ShapeOps.Concat op, Tensor tensor) {
    List<String> parts = tensor.inputs().stream().map(this::full).toList();
    return whole(tensor, ShapeNodes.concat(writer, op, tensor, parts));
  }

  @Override
  public Value matMul(MatMul op, Tensor tensor) {
    return whole(
        tensor, products.product(op, tensor, full(tensor.input(0)), full(tensor.input(1))));
  }

  @Override
  public Value gather(Indexing.Gather op, Tensor tensor) {
    return whole(
        tensor, IndexingNodes.gather(writer, tensor, full(tensor.input(0)), full(tensor.input(1))));
  }

  @Override
  public Value scatterAdd(Indexing.ScatterAdd op, Tensor tensor) {
    return whole(
        tensor,
        IndexingNodes.scatterAdd(writer, op, tensor, full(tensor.input(0)), full(tensor.input(1))));
  }

  @Override
  public Value scatterUpdate(Indexing.ScatterUpdate op, Tensor tensor) {
    List<String> operands = tensor.inputs().stream().map(this::full).toList();
    return whole(
        tensor,
        inPlace.isInPlace(tensor)
            ? IndexingNodes.updateInPlace(writer, tensor, operands)
            : IndexingNodes.scatterUpdate(writer, tensor, operands));
  }

  @Override
  public Value oneHot(Indexing.OneHot op, Tensor tensor) {
    return whole(tensor, IndexingNodes.oneHot(writer, op, tensor, full(tensor.input(0))));
  }

  @Override
  public Value softmax(Reductions.Softmax op, Tensor tensor) {
    Value x = unexpanded(tensor.input(0));
    return new Value(ReductionNodes.softmax(writer, "Softmax", tensor, x.output()), x.shape());
  }

  @Override
  public Value logSoftmax(Reductions.LogSoftmax op, Tensor tensor) {
    Value x = unexpanded(tensor.input(0));
    return new Value(ReductionNodes.softmax(writer, "LogSoftmax", tensor, x.output()), x.shape());
  }

  /** Returns its input: derivatives are taken before a program is lowered. */
  @Override
  public Value stopGradient(Pointwise.StopGradient op, Tensor tensor) {
    return value(tensor.input(0));
  }

  /** Returns the first input, available once the second one is computed. */
  @Override
  public Value barrier(Pointwise.Barrier op, Tensor tensor) {
    Value value = value(tensor.input(0));
    if (tensor.inputs().size() == 1) {
      return value;
    }
    String[] inputs = {value.output(), GraphWriter.control(value(tensor.input(1)).output())};
    return new Value(
        writer.node("Identity", inputs).attribute("T", tensor.type()).add(), value.shape());
  }

  @Override
  public Value random(Sources.Random op, Tensor tensor) {
    return whole(
        tensor, RandomNumbers.write(writer, op, full(tensor.input(0)), tensor.input(0).shape()));
  }

  private static Value whole(Tensor tensor, String output) {
    return new Value(output, tensor.shape());
  }
}
