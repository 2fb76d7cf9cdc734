package dev.ebt.tensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The floating-point operations of a program, counted from its tensors. A product of an m×k by a
 * k×n matrix has 2mnk, a function of one or two numbers has one per result, whatever it takes to
 * compute, a sum or maximum one per element that it combines, and a softmax four per element.
 * Choosing, comparing and moving elements, whole numbers and random numbers count as none.
 *
 * @param products the matrix products by their shapes, with the number of each
 * @param pointwise operations in functions of elements
 * @param reductions operations in sums, maxima, softmax, and in adding rows to a table
 */
public record OperationCount(Map<Product, Integer> products, long pointwise, long reductions) {
  /** The count of nothing. */
  public static final OperationCount NONE = new OperationCount(Map.of(), 0, 0);

  private static final int PER_SOFTMAX_ELEMENT = 4;

  /** Keeps the order of the products. */
  public OperationCount {
    products = Collections.unmodifiableMap(new LinkedHashMap<>(products));
  }

  /**
   * A matrix product, by all that determines what it takes to compute.
   *
   * @param left shape, with any batch axes
   * @param right shape
   */
  public record Product(Shape left, Shape right, MatMul op) {
    /** Returns 2mnk, times the number of products in the batch. */
    public long operations() {
      int columns = right.size(op.transposeRight() ? -2 : -1);
      return 2L * left.elements() * columns;
    }
  }

  /** Counts the operations of one run of a program. */
  public static OperationCount of(Program program) {
    Map<Product, Integer> products = new LinkedHashMap<>();
    long pointwise = 0;
    long reductions = 0;
    for (Tensor tensor : program.nodes()) {
      if (tensor.op() instanceof MatMul op) {
        products.merge(
            new Product(tensor.input(0).shape(), tensor.input(1).shape(), op), 1, Integer::sum);
      } else if (tensor.type() == ElementType.REAL) {
        pointwise += pointwise(tensor);
        reductions += reductions(tensor);
      }
    }
    return new OperationCount(products, pointwise, reductions);
  }

  private static long pointwise(Tensor tensor) {
    return tensor.op() instanceof Pointwise.Unary || tensor.op() instanceof Pointwise.Binary
        ? tensor.shape().elements()
        : 0;
  }

  private static long reductions(Tensor tensor) {
    if (tensor.op() instanceof Reductions.Reduce) {
      return tensor.input(0).shape().elements();
    }
    if (tensor.op() instanceof Reductions.Softmax || tensor.op() instanceof Reductions.LogSoftmax) {
      return (long) PER_SOFTMAX_ELEMENT * tensor.shape().elements();
    }
    // The first input of an addition to rows is what is added.
    return tensor.op() instanceof Indexing.ScatterAdd ? tensor.input(0).shape().elements() : 0;
  }

  /** Returns the operations in matrix products. */
  public long inProducts() {
    return products.entrySet().stream()
        .mapToLong(e -> e.getKey().operations() * e.getValue())
        .sum();
  }

  /** Returns all operations. */
  public long total() {
    return inProducts() + pointwise + reductions;
  }

  /** Returns the operations of two programs, one run of each. */
  public OperationCount plus(OperationCount other) {
    Map<Product, Integer> all = new LinkedHashMap<>(products);
    other.products.forEach((product, count) -> all.merge(product, count, Integer::sum));
    return new OperationCount(all, pointwise + other.pointwise, reductions + other.reductions);
  }
}
