package dev.ebt.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Walks over the tensors that others are made of. */
public final class Graph {
  private Graph() {}

  /** All tensors that the given ones are made of, each once, inputs before what is made of them. */
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
   * The same tensors with every common subexpression made once: two tensors of equal operation and
   * equal inputs become one. Derivatives are full of them.
   *
   * @return for each tensor below the given ones, the one that stands for it
   */
  static Map<Tensor, Tensor> share(Collection<Tensor> results) {
    record Expression(Op op, List<Tensor> inputs) {}
    Map<Expression, Tensor> known = new HashMap<>();
    Map<Tensor, Tensor> standIn = new IdentityHashMap<>();
    for (Tensor tensor : inOrder(results)) {
      List<Tensor> inputs = tensor.inputs().stream().map(standIn::get).toList();
      standIn.put(
          tensor,
          known.computeIfAbsent(
              new Expression(tensor.op(), inputs),
              e -> inputs.equals(tensor.inputs()) ? tensor : Tensor.of(e.op(), inputs)));
    }
    return standIn;
  }
}
