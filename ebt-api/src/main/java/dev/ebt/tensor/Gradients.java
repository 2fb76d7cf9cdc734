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

  /**
   * ∂⟨cotangent, y⟩/∂x for each x; the cotangent is not differentiated.
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
   * Where the cotangents of a tensor add up: at the tensor itself, but for variables and inputs at
   * what they read, since reading twice gives two tensors of one value.
   */
  private static Object place(Tensor tensor) {
    return tensor.op() instanceof Sources.Read || tensor.op() instanceof Sources.Input
        ? tensor.op()
        : tensor;
  }

  /** Simplification takes uniform constants out of expressions: y would not depend on them. */
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

  /** The tensors between the xs and y, both included, inputs before what is made of them. */
  private static List<Tensor> pathTo(Tensor y, List<Tensor> xs) {
    Set<Object> reached = places(xs);
    List<Tensor> path = new ArrayList<>();
    for (Tensor node : Graph.inOrder(List.of(y))) {
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
