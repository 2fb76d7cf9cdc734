package dev.ebt.tensor;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tensors that a run holds, as their operations are executed one after the other: each from its
 * operation to the last one that needs it. Views of the same elements use no memory, variables are
 * counted elsewhere, and element-wise results are written over an operand that is no longer needed.
 * Zeros with numbers added by index take no memory if they are used in sums only: backends add the
 * numbers to the other operand.
 */
final class Lifetimes {
  /** The number of uses still to come of each tensor that owns elements. */
  private final Map<Tensor, Integer> needed = new IdentityHashMap<>();

  /** What takes no memory: numbers that are added to other tensors by index. */
  private final Set<Tensor> added = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Set<Tensor> alive = Collections.newSetFromMap(new IdentityHashMap<>());
  private long bytes;

  /**
   * Creates the lifetimes before a run.
   *
   * @param results which stay alive until the end of the run
   */
  Lifetimes(Collection<Tensor> nodes, Collection<Tensor> results) {
    nodes.forEach(node -> node.inputs().forEach(this::need));
    results.forEach(this::need);
    nodes.stream().filter(Lifetimes::isScatter).forEach(added::add);
    nodes.forEach(this::findOtherUses);
    results.forEach(result -> added.remove(owner(result)));
  }

  private void findOtherUses(Tensor node) {
    boolean view = owner(node) != node;
    boolean sum =
        node.op() instanceof Pointwise.Binary binary && binary.function() == BinaryFunction.ADD;
    if (!view && !sum) {
      node.inputs().forEach(input -> added.remove(owner(input)));
    }
  }

  /** Returns whether single numbers, and no rows, are added to zeros by index. */
  private static boolean isScatter(Tensor tensor) {
    return tensor.op() instanceof Indexing.ScatterAdd && tensor.shape().rank() == 1;
  }

  private void need(Tensor tensor) {
    needed.merge(owner(tensor), 1, Integer::sum);
  }

  /** Returns the number of uses still to come of a tensor that owns its elements. */
  int uses(Tensor owner) {
    return needed.getOrDefault(owner, 0);
  }

  /** Returns the bytes by which the operation increases those alive, once it is done. */
  long increase(Tensor node) {
    long increase = owns(node) ? size(node) : 0;
    List<Tensor> inputs = node.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor owner = owner(inputs.get(i));
      int uses = 0;
      boolean first = true;
      for (int j = 0; j < inputs.size(); j++) {
        boolean same = owner(inputs.get(j)) == owner;
        uses += same ? 1 : 0;
        first &= !same || j >= i;
      }
      if (first && uses == uses(owner) && owns(owner)) {
        increase -= size(owner);
      }
    }
    return increase;
  }

  /**
   * Executes an operation.
   *
   * @return the bytes alive during it
   */
  long execute(Tensor node) {
    boolean replaces = isInPlace(node);
    if (owns(node)) {
      bytes += replaces ? 0 : size(node);
      alive.add(node);
    }
    long most = bytes;
    for (Tensor input : node.inputs()) {
      Tensor owner = owner(input);
      if (needed.merge(owner, -1, Integer::sum) == 0 && alive.remove(owner)) {
        boolean replaced = replaces && sameSize(owner, node);
        replaces = replaces && !replaced;
        bytes -= replaced ? 0 : size(owner);
      }
    }
    return most;
  }

  /** Returns whether the result overwrites an operand whose last use this is. */
  private boolean isInPlace(Tensor node) {
    if (node.op() instanceof Pointwise.Unary || node.op() instanceof Pointwise.Binary) {
      for (Tensor input : node.inputs()) {
        Tensor owner = owner(input);
        if (uses(owner) == 1 && alive.contains(owner) && sameSize(owner, node)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean sameSize(Tensor a, Tensor b) {
    return a.type() == b.type() && size(a) == size(b);
  }

  /** Returns the size of a tensor's elements in bytes. */
  static long size(Tensor tensor) {
    return ProgramMemory.bytes(tensor.type(), tensor.shape());
  }

  /** Returns whether the tensor has memory of its own. */
  private boolean owns(Tensor tensor) {
    return owner(tensor) == tensor
        && !(tensor.op() instanceof Sources.Read)
        && !added.contains(tensor);
  }

  /** Returns the tensor whose elements this one views: usually itself. */
  static Tensor owner(Tensor tensor) {
    Tensor owner = tensor;
    while (owner.op() instanceof ShapeOps.Reshape
        || owner.op() instanceof Pointwise.StopGradient
        || owner.op() instanceof Pointwise.Barrier
        || owner.op() instanceof ShapeOps.Broadcast) {
      owner = owner.input(0);
    }
    return owner;
  }
}
