package dev.ebt.tensor;

import java.util.List;
import java.util.stream.LongStream;

/** Functions of tensors other than the methods of {@link Tensor}. */
public final class Functions {
  private Functions() {}

  /** Returns eˣ. */
  public static Tensor exp(Tensor x) {
    return unary(UnaryFunction.EXP, x);
  }

  /** Returns the natural logarithm. */
  public static Tensor log(Tensor x) {
    return unary(UnaryFunction.LOG, x);
  }

  /** Returns √x. */
  public static Tensor sqrt(Tensor x) {
    return unary(UnaryFunction.SQUARE_ROOT, x);
  }

  /** Returns 1/√x. */
  public static Tensor rsqrt(Tensor x) {
    return unary(UnaryFunction.RECIPROCAL_ROOT, x);
  }

  /** Returns tanh x. */
  public static Tensor tanh(Tensor x) {
    return unary(UnaryFunction.TANH, x);
  }

  /** Returns 1/(1+e⁻ˣ). */
  public static Tensor sigmoid(Tensor x) {
    return unary(UnaryFunction.SIGMOID, x);
  }

  /** Returns the Gauss error function of x. */
  public static Tensor erf(Tensor x) {
    return unary(UnaryFunction.ERF, x);
  }

  /** Returns sin x. */
  public static Tensor sine(Tensor x) {
    return unary(UnaryFunction.SINE, x);
  }

  /** Returns cos x. */
  public static Tensor cosine(Tensor x) {
    return unary(UnaryFunction.COSINE, x);
  }

  /** Returns |x|. */
  public static Tensor absolute(Tensor x) {
    return unary(UnaryFunction.ABSOLUTE, x);
  }

  /** Returns the sign of x: −1, 0 or 1. */
  public static Tensor sign(Tensor x) {
    return unary(UnaryFunction.SIGN, x);
  }

  /** Returns the element-wise maximum. */
  public static Tensor maximum(Tensor a, Tensor b) {
    return Tensor.of(new Pointwise.Binary(BinaryFunction.MAXIMUM), a, b);
  }

  /** Returns the element-wise minimum. */
  public static Tensor minimum(Tensor a, Tensor b) {
    return Tensor.of(new Pointwise.Binary(BinaryFunction.MINIMUM), a, b);
  }

  /** Returns x clamped to [low, high]; the gradient is zero where x is outside. */
  public static Tensor clamp(Tensor x, double low, double high) {
    return minimum(maximum(x, Tensor.constant(low)), Tensor.constant(high));
  }

  /**
   * Returns {@code a} where the condition holds, else {@code b}; all are broadcast to their common
   * shape.
   */
  public static Tensor select(Tensor condition, Tensor a, Tensor b) {
    Shape shape =
        Shape.broadcast(
            "select", condition.shape(), Shape.broadcast("select", a.shape(), b.shape()));
    return Tensor.of(
        new Pointwise.Select(),
        condition.broadcastTo(shape),
        a.broadcastTo(shape),
        b.broadcastTo(shape));
  }

  /** Converts whole numbers, or booleans as 1 and 0, to real numbers. */
  public static Tensor real(Tensor x) {
    return Tensor.of(new Pointwise.Cast(ElementType.REAL), x);
  }

  /** Returns the softmax along the last axis. */
  public static Tensor softmax(Tensor x) {
    return Tensor.of(new Reductions.Softmax(), x);
  }

  /** Returns the log softmax along the last axis. */
  public static Tensor logSoftmax(Tensor x) {
    return Tensor.of(new Reductions.LogSoftmax(), x);
  }

  /** Returns the index of the largest element along the last axis. */
  public static Tensor argMax(Tensor x) {
    return Tensor.of(new Reductions.ArgMax(), x);
  }

  /** Returns each index i as a row of zeros with a 1 at i. */
  public static Tensor oneHot(Tensor indices, int depth) {
    return Tensor.of(new Indexing.OneHot(depth), indices);
  }

  /** Returns the rows of a table at the given indices: [rows, ...] and [...] → [..., ...]. */
  public static Tensor gather(Tensor table, Tensor indices) {
    return Tensor.of(new Indexing.Gather(), table, indices);
  }

  /**
   * Returns one element of each last axis: xᵢ,indexᵢ. Unlike a product with one-hot rows it needs
   * no other tensor of the size of x, and its derivative does not need the value of x.
   *
   * @param indices [...] for x [..., n], each from 0 to n − 1, which is not checked: others give
   *     elements of other rows
   */
  public static Tensor elements(Tensor x, Tensor indices) {
    Shape shape = x.shape();
    Checks.type("elements", indices, ElementType.INTEGER);
    if (shape.rank() == 0 || !shape.slice(0, shape.rank() - 1).equals(indices.shape())) {
      throw new ShapeException("elements", "indices " + indices.shape() + " in " + shape);
    }
    int depth = shape.size(-1);
    if (Lifetimes.size(x) / Float.BYTES > Integer.MAX_VALUE) { // More than an index can count.
      return x.times(oneHot(indices, depth)).sum(-1);
    }
    long[] starts =
        LongStream.range(0, indices.shape().elements()).map(row -> row * depth).toArray();
    Tensor places = indices.plus(Tensor.constant(Array.of(indices.shape(), starts)));
    return gather(x.reshape(shape.elements()), places);
  }

  /**
   * Returns a table with some of its rows replaced.
   *
   * @param table [count, ...]
   * @param indices distinct row numbers, [...]
   * @param rows the new rows, [indices..., ...]
   */
  public static Tensor scatterUpdate(Tensor table, Tensor indices, Tensor rows) {
    return Tensor.of(new Indexing.ScatterUpdate(), table, indices, rows);
  }

  /** Concatenates the tensors along an axis. */
  public static Tensor concat(int axis, Tensor... parts) {
    return concat(axis, List.of(parts));
  }

  /** Concatenates the tensors along an axis. */
  public static Tensor concat(int axis, List<Tensor> parts) {
    return parts.size() == 1
        ? parts.get(0)
        : Tensor.of(new ShapeOps.Concat(parts.get(0).shape().axis(axis)), parts);
  }

  /**
   * Returns the matrix product over the last two axes; the batch axes before them must be equal.
   */
  public static Tensor matMul(Tensor a, Tensor b) {
    return matMul(a, false, b, false);
  }

  /**
   * Returns the matrix product over the last two axes, optionally transposing those axes of either
   * side first.
   */
  public static Tensor matMul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
    return Tensor.of(new MatMul(transposeA, transposeB), a, b);
  }

  /** Returns the same value and blocks the gradient. */
  public static Tensor stopGradient(Tensor x) {
    return x.op() instanceof Pointwise.StopGradient
        ? x
        : Tensor.of(new Pointwise.StopGradient(), x);
  }

  /**
   * Returns the same value, and marks the boundary of a layer: where activations are recomputed
   * ({@link Program.Builder#recompute}), those within a layer are not kept from one pass through it
   * to the next, but computed again from the tensors at its boundaries. Derivatives pass boundaries
   * of their own. Without recomputation it is nothing.
   */
  public static Tensor layerBoundary(Tensor x) {
    return x.uniformValue() != null || Segments.isBoundary(x)
        ? x
        : Tensor.of(new Pointwise.Barrier(), x);
  }

  /**
   * Draws standard normal numbers.
   *
   * @param key whole numbers [2]: seed and step; or [leading axes of the shape..., 2]: one key for
   *     each index, whose numbers do not depend on the others
   * @param site distinguishes the places in one program that draw with the same key
   */
  public static Tensor randomNormal(Tensor key, long site, Shape shape) {
    return Tensor.of(new Sources.Random(Sources.Distribution.NORMAL, shape, site), key);
  }

  /** Draws numbers uniform in [0, 1); key and site as in {@link #randomNormal}. */
  public static Tensor randomUniform(Tensor key, long site, Shape shape) {
    return Tensor.of(new Sources.Random(Sources.Distribution.UNIFORM, shape, site), key);
  }

  private static Tensor unary(UnaryFunction function, Tensor x) {
    return Tensor.of(new Pointwise.Unary(function), x);
  }
}
