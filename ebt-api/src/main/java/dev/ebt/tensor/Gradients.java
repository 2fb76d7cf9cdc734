package dev.ebt.tensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reverse-mode differentiation as a transformation of tensors: gradients are written in the same
 * operations and can be differentiated again. Only paths from {@code y} to the requested tensors
 * are followed: the gradient of an energy with respect to its candidate does not touch the observed
 * context.
 */
public final class Gradients {
  private Gradients() {}

  /**
   * Returns ∂(Σy)/∂x for each x, which may be any tensor that y depends on. For a vector of
   * energies, one per prediction, each a function of its own candidate only, this is the gradient
   * of each prediction.
   *
   * @return one tensor per x, of its shape; zeros where y does not depend on x
   */
  public static List<Tensor> of(Tensor y, List<Tensor> xs) {
    return of(y, Tensor.filled(y.shape(), 1), xs);
  }

  /** Returns ∂(Σy)/∂x. */
  public static Tensor of(Tensor y, Tensor x) {
    return of(y, List.of(x)).get(0);
  }

  /**
   * Returns ∂⟨cotangent, y⟩/∂x for each x; the cotangent is not differentiated.
   *
   * @throws ShapeException if the cotangent is not of y's shape, or y or an x is not real
   * @throws IllegalArgumentException if an x is a uniform constant
   */
  public static List<Tensor> of(Tensor y, Tensor cotangent, List<Tensor> xs) {
    Checks.real("gradient", List.of(y, cotangent));
    Checks.sameShape("gradient", List.of(y, cotangent));
    xs.forEach(Gradients::checkVariable);
    Map<Object, Tensor> cotangents = new HashMap<>();
    List<Tensor> path = pathTo(y, xs);
    Set<Object> onPath = places(path);
    Set<Object> wanted = places(xs);
    if (onPath.contains(place(y))) {
      cotangents.put(place(y), cotangent);
    }
    for (int i = path.size() - 1; i >= 0; i--) {
      Tensor node = path.get(i);
      Tensor arrived = cotangents.get(place(node));
      if (arrived == null || !dependsBelow(node, onPath)) {
        continue;
      }
      List<@Nullable Tensor> parts = node.op().pullback(node, arrived);
      for (int k = 0; k < parts.size(); k++) {
        Tensor part = parts.get(k);
        Object input = place(node.input(k));
        if (part != null && onPath.contains(input)) {
          cotangents.merge(input, part, Tensor::plus);
        }
      }
      if (!wanted.contains(place(node))) {
        cotangents.remove(place(node));
      }
    }
    return xs.stream()
        .map(x -> cotangents.getOrDefault(place(x), Tensor.zeros(x.shape())))
        .toList();
  }

  /**
   * Returns the key under which the cotangents of a tensor are accumulated: the tensor itself, but
   * for variables and inputs the operation that reads them, since reading twice gives two tensors
   * of the same value.
   */
  private static Object place(Tensor tensor) {
    return tensor.op() instanceof Sources.Read || tensor.op() instanceof Sources.Input
        ? tensor.op()
        : tensor;
  }

  /**
   * Rejects uniform constants: simplification removes them from expressions, so y would not depend
   * on them.
   */
  private static void checkVariable(Tensor x) {
    Checks.type("gradient", x, ElementType.REAL);
    if (x.uniformValue() != null) {
      throw new IllegalArgumentException(
          "gradient: no derivative for a constant "
              + x.shape()
              + " of equal elements; make it an input or a variable, or wrap it in stopGradient");
    }
  }

  private static boolean dependsBelow(Tensor node, Set<Object> onPath) {
    return node.inputs().stream().map(Gradients::place).anyMatch(onPath::contains);
  }

  /**
   * Returns the tensors between the xs and y, both included, in topological order (inputs first).
   */
  private static List<Tensor> pathTo(Tensor y, List<Tensor> xs) {
    Set<Object> reached = places(xs);
    List<Tensor> path = new ArrayList<>();
    for (Tensor node : TensorGraph.inOrder(List.of(y))) {
      boolean passes = node.type() == ElementType.REAL && !(node.op() instanceof Op.Opaque);
      if (reached.contains(place(node)) || (passes && dependsBelow(node, reached))) {
        reached.add(place(node));
        path.add(node);
      }
    }
    return path;
  }

  private static Set<Object> places(List<Tensor> tensors) {
    return tensors.stream().map(Gradients::place).collect(Collectors.toCollection(HashSet::new));
  }
}
