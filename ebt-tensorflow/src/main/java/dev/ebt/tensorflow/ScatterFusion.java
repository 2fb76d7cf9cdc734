package dev.ebt.tensorflow;

import dev.ebt.tensor.BinaryFunction;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Indexing;
import dev.ebt.tensor.Pointwise;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.ShapeOps;
import dev.ebt.tensor.Tensor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fusion of x + s, where s is 0 but for numbers that are added by index: they are added to x
 * itself. Such a sum is the derivative of a cross-entropy, softmax minus target: s has the size of
 * tokens × vocabulary, and is then never computed. A sum of three and more is left to {@link
 * AddNFusion}, with s as one of its operands.
 */
final class ScatterFusion {
  /** The number of uses of each tensor that are not fused. */
  private final Map<Tensor, Integer> uses = new IdentityHashMap<>();

  private final Map<Tensor, Fused> fused = new IdentityHashMap<>();
  private final Set<Tensor> absorbed = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * The operands of a fused sum.
   *
   * @param table to which numbers are added
   * @param scattered the numbers and their indices, as inputs of a scatter
   */
  record Fused(Tensor table, Tensor scattered) {}

  /**
   * Finds the sums to fuse.
   *
   * @param sums of several tensors, which are left as they are
   */
  ScatterFusion(Program program, AddNFusion sums) {
    program.outputs().values().forEach(this::use);
    program.updates().values().forEach(this::use);
    program.nodes().forEach(node -> node.inputs().forEach(this::use));
    program.nodes().stream()
        .filter(node -> !sums.isRoot(node) && !sums.isAbsorbed(node))
        .forEach(this::find);
    for (int i = program.nodes().size() - 1; i >= 0; i--) {
      Tensor node = program.nodes().get(i);
      boolean unused = Integer.valueOf(0).equals(uses.get(node));
      if (unused && (isScatter(node) || node.op() instanceof ShapeOps.Reshape)) {
        absorbed.add(node);
        if (node.op() instanceof ShapeOps.Reshape) {
          uses.merge(node.input(0), -1, Integer::sum);
        }
      }
    }
  }

  private void use(Tensor tensor) {
    uses.merge(tensor, 1, Integer::sum);
  }

  private void find(Tensor sum) {
    if (sum.op() instanceof Pointwise.Binary binary
        && binary.function() == BinaryFunction.ADD
        && sum.type() == ElementType.REAL
        && sum.input(0).shape().equals(sum.input(1).shape())) {
      for (int i = 1; i >= 0; i--) {
        Tensor source = source(sum.input(i));
        if (isScatter(source)) {
          fused.put(sum, new Fused(sum.input(1 - i), source));
          uses.merge(sum.input(i), -1, Integer::sum);
          return;
        }
      }
    }
  }

  private static Tensor source(Tensor tensor) {
    Tensor source = tensor;
    while (source.op() instanceof ShapeOps.Reshape) {
      source = source.input(0);
    }
    return source;
  }

  /** Returns whether single numbers, and no rows, are added by index. */
  private static boolean isScatter(Tensor tensor) {
    return tensor.op() instanceof Indexing.ScatterAdd && tensor.shape().rank() == 1;
  }

  /** Returns whether a tensor has fused uses only, and is not computed. */
  boolean isAbsorbed(Tensor tensor) {
    return absorbed.contains(tensor);
  }

  /** Returns the operands of a fused sum; null for other tensors. */
  @Nullable Fused fused(Tensor sum) {
    return fused.get(sum);
  }
}
