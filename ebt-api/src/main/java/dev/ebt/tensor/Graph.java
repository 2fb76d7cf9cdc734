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
   * The same tensors made smaller: simplified by {@link Rewrite}, then with every common
   * subexpression made once, two tensors of equal operation and equal inputs becoming one.
   * Derivatives are full of both.
   *
   * @return for each of the given tensors, the one that stands for it
   */
  static Map<Tensor, Tensor> reduced(Collection<Tensor> results) {
    record Expression(Op op, List<Tensor> inputs) {}
    Map<Expression, Tensor> known = new HashMap<>();
    Map<Tensor, Tensor> simple = rebuilt(results, Rewrite::of);
    Map<Tensor, Tensor> shared =
        rebuilt(
            results.stream().map(simple::get).toList(),
            (tensor, inputs) ->
                known.computeIfAbsent(
                    new Expression(tensor.op(), inputs), e -> Rewrite.rebuilt(tensor, inputs)));
    Map<Tensor, Tensor> standIns = new IdentityHashMap<>();
    results.forEach(result -> standIns.put(result, shared.get(simple.get(result))));
    return standIns;
  }

  /** Every tensor below the results, replaced by what the rule makes of it and its new inputs. */
  private static Map<Tensor, Tensor> rebuilt(
      Collection<Tensor> results, BiFunction<Tensor, List<Tensor>, Tensor> rule) {
    Map<Tensor, Tensor> standIns = new IdentityHashMap<>();
    for (Tensor tensor : inOrder(results)) {
      List<Tensor> inputs = tensor.inputs().stream().map(standIns::get).toList();
      standIns.put(tensor, rule.apply(tensor, inputs));
    }
    return standIns;
  }
}
