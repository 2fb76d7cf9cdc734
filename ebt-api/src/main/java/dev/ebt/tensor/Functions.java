package dev.ebt.tensor;

import java.util.List;

/** Functions of tensors that are not written as methods of {@link Tensor}. */
public final class Functions {
  private Functions() {}

  /** eˣ. */
  public static Tensor exp(Tensor x) {
    return unary(UnaryFunction.EXP, x);
  }

  /** The natural logarithm. */
  public static Tensor log(Tensor x) {
    return unary(UnaryFunction.LOG, x);
  }

  /** √x. */
  public static Tensor sqrt(Tensor x) {
    return unary(UnaryFunction.SQUARE_ROOT, x);
  }

  /** 1/√x. */
  public static Tensor rsqrt(Tensor x) {
    return unary(UnaryFunction.RECIPROCAL_ROOT, x);
  }

  /** tanh x. */
  public static Tensor tanh(Tensor x) {
    return unary(UnaryFunction.TANH, x);
  }

  /** 1/(1+e⁻ˣ). */
  public static Tensor sigmoid(Tensor x) {
    return unary(UnaryFunction.SIGMOID, x);
  }

  /** The Gauss error function. */
  public static Tensor erf(Tensor x) {
    return unary(UnaryFunction.ERF, x);
  }

  /** sin x. */
  public static Tensor sine(Tensor x) {
    return unary(UnaryFunction.SINE, x);
  }

  /** cos x. */
  public static Tensor cosine(Tensor x) {
    return unary(UnaryFunction.COSINE, x);
  }

  /** |x|. */
  public static Tensor absolute(Tensor x) {
    return unary(UnaryFunction.ABSOLUTE, x);
  }

  /** −1, 0 or 1. */
  public static Tensor sign(Tensor x) {
    return unary(UnaryFunction.SIGN, x);
  }

  /** The larger of both, element by element. */
  public static Tensor maximum(Tensor a, Tensor b) {
    return Tensor.of(new Pointwise.Binary(BinaryFunction.MAXIMUM), a, b);
  }

  /** The smaller of both, element by element. */
  public static Tensor minimum(Tensor a, Tensor b) {
    return Tensor.of(new Pointwise.Binary(BinaryFunction.MINIMUM), a, b);
  }

  /** x kept between two numbers; no derivative passes where it was outside. */
  public static Tensor clamp(Tensor x, double low, double high) {
    return minimum(maximum(x, Tensor.constant(low)), Tensor.constant(high));
  }

  /**
   * {@code a} where the condition holds, else {@code b}; all are broadcast to their common shape.
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

  /** Whole numbers, or truth values as 1 and 0, as real numbers. */
  public static Tensor real(Tensor x) {
    return Tensor.of(new Pointwise.Cast(ElementType.REAL), x);
  }

  /** softmax along the last axis. */
  public static Tensor softmax(Tensor x) {
    return Tensor.of(new Reductions.Softmax(), x);
  }

  /** log softmax along the last axis. */
  public static Tensor logSoftmax(Tensor x) {
    return Tensor.of(new Reductions.LogSoftmax(), x);
  }

  /** Index of the largest element along the last axis. */
  public static Tensor argMax(Tensor x) {
    return Tensor.of(new Reductions.ArgMax(), x);
  }

  /** Index i as a row of zeros with a 1 at i. */
  public static Tensor oneHot(Tensor indices, int depth) {
    return Tensor.of(new Indexing.OneHot(depth), indices);
  }

  /** The rows of a table at the given indices: [rows, ...] and [...] → [..., ...]. */
  public static Tensor gather(Tensor table, Tensor indices) {
    return Tensor.of(new Indexing.Gather(), table, indices);
  }

  /** The tensors one after the other along an axis. */
  public static Tensor concat(int axis, Tensor... parts) {
    return concat(axis, List.of(parts));
  }

  /** The tensors one after the other along an axis. */
  public static Tensor concat(int axis, List<Tensor> parts) {
    return parts.size() == 1
        ? parts.get(0)
        : Tensor.of(new ShapeOps.Concat(parts.get(0).shape().axis(axis)), parts);
  }

  /** The matrix product over the last two axes; equal batch axes before them. */
  public static Tensor matMul(Tensor a, Tensor b) {
    return matMul(a, false, b, false);
  }

  /** The matrix product over the last two axes, with either side transposed in them first. */
  public static Tensor matMul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
    return Tensor.of(new MatMul(transposeA, transposeB), a, b);
  }

  /** The same value; no derivative passes. */
  public static Tensor stopGradient(Tensor x) {
    return x.op() instanceof Pointwise.StopGradient
        ? x
        : Tensor.of(new Pointwise.StopGradient(), x);
  }

  /**
   * Standard normal numbers.
   *
   * @param key whole numbers [2]: seed and step
   * @param site tells apart the places of one program that draw with the same key
   */
  public static Tensor randomNormal(Tensor key, long site, Shape shape) {
    return Tensor.of(new Sources.Random(Sources.Distribution.NORMAL, shape, site), key);
  }

  /** Numbers uniform in [0, 1); key and site as in {@link #randomNormal}. */
  public static Tensor randomUniform(Tensor key, long site, Shape shape) {
    return Tensor.of(new Sources.Random(Sources.Distribution.UNIFORM, shape, site), key);
  }

  private static Tensor unary(UnaryFunction function, Tensor x) {
    return Tensor.of(new Pointwise.Unary(function), x);
  }
}
