package dev.ebt.tensor;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives as a transformation inside the language: reverse mode, written in the same
 * operations, so that gradients of gradients are gradients again. Only paths from {@code y} to the
 * asked-for tensors are followed: the gradient of an energy for its candidate does not touch the
 * observed context.
 */
public final class Gradients {
  private Gradients() {}

  /**
   * ∂(Σy)/∂x for each x, which may be any tensor that y is made of. For energies, one per
   * prediction, each of which sees only its own candidate, this is each prediction's own gradient.
   *
   * @return one tensor per x, of its shape; zeros where y does not depend on x
   */
  public static List<Tensor> of(Tensor y, List<Tensor> xs) {
    return of(y, Tensor.filled(y.shape(), 1), xs);
  }

  /** ∂(Σy)/∂x. */
  public static Tensor of(Tensor y, Tensor x) {
    return of(y, List.of(x)).get(0);
  }

  /** ∂⟨cotangent, y⟩/∂x for each x; the cotangent is not differentiated. */
  public static List<Tensor> of(Tensor y, Tensor cotangent, List<Tensor> xs) {
    Map<Tensor, Tensor> cotangents = new IdentityHashMap<>();
    List<Tensor> path = pathTo(y, xs);
    Set<Tensor> onPath = identitySet(path);
    Set<Tensor> wanted = identitySet(xs);
    if (onPath.contains(y)) {
      cotangents.put(y, cotangent);
    }
    for (int i = path.size() - 1; i >= 0; i--) {
      Tensor node = path.get(i);
      Tensor arrived = cotangents.get(node);
      if (arrived == null || !dependsBelow(node, onPath)) {
        continue;
      }
      List<@Nullable Tensor> parts = node.op().pullback(node, arrived);
      for (int k = 0; k < parts.size(); k++) {
        Tensor input = node.input(k);
        Tensor part = parts.get(k);
        if (part != null && onPath.contains(input)) {
          cotangents.merge(input, part, Tensor::plus);
        }
      }
      if (!wanted.contains(node)) {
        cotangents.remove(node);
      }
    }
    return xs.stream().map(x -> cotangents.getOrDefault(x, Tensor.zeros(x.shape()))).toList();
  }

  private static boolean dependsBelow(Tensor node, Set<Tensor> onPath) {
    return node.inputs().stream().anyMatch(onPath::contains);
  }

  /** The tensors between the xs and y, both included, inputs before what is made of them. */
  private static List<Tensor> pathTo(Tensor y, List<Tensor> xs) {
    Set<Tensor> targets = identitySet(xs);
    Map<Tensor, Boolean> depends = new IdentityHashMap<>();
    List<Tensor> path = new ArrayList<>();
    for (Tensor node : Graph.inOrder(List.of(y))) {
      boolean passes = node.type() == ElementType.REAL && !(node.op() instanceof Op.Opaque);
      boolean reached =
          targets.contains(node) || (passes && node.inputs().stream().anyMatch(depends::get));
      depends.put(node, reached);
      if (reached) {
        path.add(node);
      }
    }
    return path;
  }

  private static Set<Tensor> identitySet(List<Tensor> tensors) {
    Set<Tensor> set = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    set.addAll(tensors);
    return set;
  }
}
