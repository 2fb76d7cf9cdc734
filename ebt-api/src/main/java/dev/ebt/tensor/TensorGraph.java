package dev.ebt.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Traversals of the graph of tensors. */
public final class TensorGraph {
  private TensorGraph() {}

  /**
   * Returns the given tensors and all tensors they depend on, each once, in topological order
   * (inputs first).
   */
  public static List<Tensor> inOrder(Collection<Tensor> results) {
    List<Tensor> order = new ArrayList<>();
    Map<Tensor, Boolean> finished = new IdentityHashMap<>();
    Deque<Tensor> stack = new ArrayDeque<>();
    for (Tensor result : results) {
      stack.push(result);
      while (!stack.isEmpty()) {
        Tensor next = stack.peek();
        if (finished.containsKey(next)) {
          stack.pop();
          if (!finished.put(next, true)) {
            order.add(next);
          }
          continue;
        }
        finished.put(next, false);
        for (int i = next.inputs().size() - 1; i >= 0; i--) {
          if (!finished.containsKey(next.input(i))) {
            stack.push(next.input(i));
          }
        }
      }
    }
    return order;
  }

  /**
   * Reduces the graph: simplifies it by {@link Rewrite}, then merges common subexpressions, so that
   * tensors of equal operation and equal inputs become one. Derivatives contain many of both.
   *
   * @return the replacement of each result
   */
  static List<Tensor> reduced(List<Tensor> results) {
    record Expression(Op op, List<Tensor> inputs) {}
    Map<Expression, Tensor> known = new HashMap<>();
    return rebuilt(
        rebuilt(results, Rewrite::of),
        (tensor, inputs) ->
            known.computeIfAbsent(
                new Expression(tensor.op(), inputs), e -> Rewrite.rebuilt(tensor, inputs)));
  }

  /**
   * Rebuilds every tensor that the results depend on by applying the rule to it and its new inputs.
   *
   * @return the replacement of each result
   */
  static List<Tensor> rebuilt(List<Tensor> results, BiFunction<Tensor, List<Tensor>, Tensor> rule) {
    Map<Tensor, Tensor> replaced = new IdentityHashMap<>();
    for (Tensor tensor : inOrder(results)) {
      List<Tensor> inputs = tensor.inputs().stream().map(replaced::get).toList();
      replaced.put(tensor, rule.apply(tensor, inputs));
    }
    return results.stream().map(replaced::get).toList();
  }
}
