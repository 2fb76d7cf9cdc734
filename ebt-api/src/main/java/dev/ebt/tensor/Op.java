package dev.ebt.tensor;

import java.util.Collections;
import java.util.List;

/**
 * The primitive operations, which are all that a backend implements. Each is a record of its static
 * settings; its operands are the inputs of the {@link Tensor} that carries it. An operation defines
 * the shape of its result and its derivative ({@link #pullback}), which is written in these same
 * operations, so that derivatives of any order are supported.
 */
public sealed interface Op permits Op.Opaque, Pointwise, Reductions, ShapeOps, Indexing, MatMul {

  /** Returns the name for messages and graphs: by default that of the record. */
  default String name() {
    String simple = getClass().getSimpleName();
    return Character.toLowerCase(simple.charAt(0)) + simple.substring(1);
  }

  /**
   * Returns the shape of the result.
   *
   * @throws ShapeException if the inputs do not fit the operation or each other
   */
  Shape shape(List<Tensor> inputs);

  /** Returns the element type of the result: by default that of the first input. */
  default ElementType type(List<Tensor> inputs) {
    return inputs.get(0).type();
  }

  /**
   * Returns the cotangent of each input, given {@code y = op(inputs)} and a cotangent of y; {@code
   * null} where the derivative is zero everywhere or undefined (whole numbers, random numbers).
   */
  List<Tensor> pullback(Tensor y, Tensor cotangent);

  /** Calls the visitor's method for this operation. */
  <R> R accept(Visitor<R> visitor, Tensor tensor);

  /**
   * A visitor with one method per primitive and no defaults, so that the compiler checks that a
   * backend is complete. A new primitive therefore comes with a new version of the SPI.
   */
  interface Visitor<R> {
    R constant(Sources.Constant op, Tensor tensor);

    R input(Sources.Input op, Tensor tensor);

    R read(Sources.Read op, Tensor tensor);

    R unary(Pointwise.Unary op, Tensor tensor);

    R binary(Pointwise.Binary op, Tensor tensor);

    R compare(Pointwise.Compare op, Tensor tensor);

    R select(Pointwise.Select op, Tensor tensor);

    R cast(Pointwise.Cast op, Tensor tensor);

    R reduce(Reductions.Reduce op, Tensor tensor);

    R argMax(Reductions.ArgMax op, Tensor tensor);

    R reshape(ShapeOps.Reshape op, Tensor tensor);

    R transpose(ShapeOps.Transpose op, Tensor tensor);

    R broadcast(ShapeOps.Broadcast op, Tensor tensor);

    R slice(ShapeOps.Slice op, Tensor tensor);

    R pad(ShapeOps.Pad op, Tensor tensor);

    R concat(ShapeOps.Concat op, Tensor tensor);

    R matMul(MatMul op, Tensor tensor);

    R gather(Indexing.Gather op, Tensor tensor);

    R scatterAdd(Indexing.ScatterAdd op, Tensor tensor);

    R scatterUpdate(Indexing.ScatterUpdate op, Tensor tensor);

    R oneHot(Indexing.OneHot op, Tensor tensor);

    R softmax(Reductions.Softmax op, Tensor tensor);

    R logSoftmax(Reductions.LogSoftmax op, Tensor tensor);

    R stopGradient(Pointwise.StopGradient op, Tensor tensor);

    R barrier(Pointwise.Barrier op, Tensor tensor);

    R random(Sources.Random op, Tensor tensor);
  }

  /** An operation without inputs, or one that blocks gradients. */
  sealed interface Opaque extends Op
      permits Sources,
          Pointwise.Compare,
          Pointwise.Cast,
          Reductions.ArgMax,
          Indexing.OneHot,
          Pointwise.StopGradient {
    @Override
    default List<Tensor> pullback(Tensor y, Tensor cotangent) {
      return Collections.nCopies(y.inputs().size(), null);
    }
  }
}
