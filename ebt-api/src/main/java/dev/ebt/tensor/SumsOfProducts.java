package dev.ebt.tensor;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rewriting of Σ a ∘ (H W), over all elements, as Σ (a Wᵀ) ∘ H where a program computes a Wᵀ
 * anyway and H is smaller than the product.
 *
 * <p>Such a sum is the derivative for a learned number that a product is multiplied by, such as a
 * step size, and a Wᵀ is the derivative for H. So the product need not be kept for it, which may be
 * the largest tensor of a program.
 */
final class SumsOfProducts {
  /**
   * A product of matrices.
   *
   * @param left its left factor, of any shape
   */
  private record Product(Tensor left, Shape shape, Tensor right, boolean transposeRight) {}

  private final Map<Product, Tensor> products = new HashMap<>();
  private final Map<Tensor, Tensor> rewritten = new IdentityHashMap<>();

  private SumsOfProducts(List<Tensor> results) {
    List<Tensor> nodes = TensorGraph.inOrder(results);
    nodes.forEach(this::findProduct);
    nodes.forEach(this::findSum);
  }

  /** Returns the replacement of each result of a reduced graph. */
  static List<Tensor> rewritten(List<Tensor> results) {
    SumsOfProducts found = new SumsOfProducts(results);
    List<Tensor> replaced = results;
    while (!found.rewritten.isEmpty()) {
      Map<Tensor, Tensor> sums = found.rewritten;
      replaced =
          TensorGraph.reduced(
              TensorGraph.rebuilt(
                  replaced,
                  (tensor, inputs) ->
                      sums.containsKey(tensor)
                          ? requireNonNull(sums.get(tensor))
                          : Rewrite.rebuilt(tensor, inputs)));
      // What a sum was rewritten to may depend on another one.
      found = new SumsOfProducts(replaced);
    }
    return replaced;
  }

  private void findProduct(Tensor node) {
    if (node.op() instanceof MatMul op && !op.transposeLeft() && node.shape().rank() == 2) {
      Tensor left = node.input(0);
      products.put(
          new Product(source(left), left.shape(), node.input(1), op.transposeRight()), node);
    }
  }

  private void findSum(Tensor node) {
    if (node.op() instanceof Reductions.Reduce reduce
        && reduce.reduction() == Reductions.Reduction.SUM
        && node.shape().elements() == 1
        && node.input(0).op() instanceof Pointwise.Binary binary
        && binary.function() == BinaryFunction.MULTIPLY) {
      Tensor a = node.input(0).input(0);
      Tensor b = node.input(0).input(1);
      if (a.shape().equals(b.shape())) {
        Tensor sum = sum(a, source(b));
        sum = sum == null ? sum(b, source(a)) : sum;
        if (sum != null) {
          rewritten.put(node, Simplify.reshape(sum, node.shape()));
        }
      }
    }
  }

  /** Returns the sum of a ∘ (H W) without the product; null if that is not computed anyway. */
  private @Nullable Tensor sum(Tensor a, Tensor product) {
    if (!(product.op() instanceof MatMul op) || op.transposeLeft()) {
      return null;
    }
    Tensor left = product.input(0);
    Tensor known =
        products.get(
            new Product(source(a), product.shape(), product.input(1), !op.transposeRight()));
    if (known == null || Lifetimes.size(left) >= Lifetimes.size(product)) {
      return null;
    }
    int[] axes = IntStream.range(0, left.shape().rank()).toArray();
    return Simplify.reduce(Reductions.Reduction.SUM, Simplify.times(known, left), axes);
  }

  private static Tensor source(Tensor tensor) {
    Tensor source = tensor;
    while (source.op() instanceof ShapeOps.Reshape) {
      source = source.input(0);
    }
    return source;
  }
}
