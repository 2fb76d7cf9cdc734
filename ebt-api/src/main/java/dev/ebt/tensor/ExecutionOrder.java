package dev.ebt.tensor;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An execution order of the tensors of a program that needs little memory at its peak.
 *
 * <p>Depth first from the results, as a graph is usually sorted, all thinking steps of a training
 * step come before the derivative of the first one, since the losses are results and the derivative
 * of a parameter is a sum over steps. So the activations of all steps would be alive together.
 * Three rules change that order:
 *
 * <ol>
 *   <li>What is behind a stopped gradient waits for everything else that follows the stopped
 *       tensor: where no gradient passes from one step to the one before, the derivative of a step
 *       comes before the next step, and its activations are free by then.
 *   <li>An operation that does not increase the memory in use is executed as soon as it can be: a
 *       product for the gradient of a weight, rather than keeping both of its factors.
 *   <li>A small result of a large tensor, such as the elements at some indices, is executed as soon
 *       as the large one is there, with the small tensors that it needs, so that another operation
 *       can write over the large one.
 * </ol>
 *
 * <p>A program that computes activations again has boundaries of layers, and may do what belongs to
 * one of its {@link Segments} before the next. The usual order stays where it needs no more.
 */
final class ExecutionOrder {
  /** A peak up to this many bytes is not worth another order. */
  private static final long SMALL = 16L << 20;

  /** The most uses of a tensor by one operation. */
  private static final int FEW = 2;

  /** How many times as large as its small results a tensor is. */
  private static final long TIMES_SMALL = 64;

  /** The most tensors that are executed for a small result. */
  private static final int MOST_FOR_SMALL = 16;

  private final List<Tensor> nodes;
  private final Map<Tensor, Integer> positions = new IdentityHashMap<>();

  /** The tensors that come before each one: its inputs, and those of the first rule. */
  private final Map<Tensor, List<Tensor>> before = new IdentityHashMap<>();

  private final Map<Tensor, List<Tensor>> after = new IdentityHashMap<>();

  /** The operations that use the elements of each tensor that owns some. */
  private final Map<Tensor, List<Tensor>> users = new IdentityHashMap<>();

  private final Map<Tensor, Integer> missing = new IdentityHashMap<>();
  private final Lifetimes lifetimes;
  private final Set<Tensor> ordered = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Tensor> order = new ArrayList<>();

  /** Operations that can be executed and do not increase the memory in use. */
  private final PriorityQueue<Tensor> free =
      new PriorityQueue<>(Comparator.comparingInt(positions::get));

  /** Small results of large tensors, each behind what it needs. */
  private final Deque<Tensor> small = new ArrayDeque<>();

  private ExecutionOrder(List<Tensor> nodes, Collection<Tensor> results) {
    this.nodes = nodes;
    this.lifetimes = new Lifetimes(nodes, results);
    for (Tensor node : nodes) {
      positions.put(node, positions.size());
      before.put(node, new ArrayList<>());
      distinct(node.inputs()).forEach(input -> require(input, node));
      distinct(node.inputs().stream().map(Lifetimes::owner).toList())
          .forEach(owner -> users.computeIfAbsent(owner, o -> new ArrayList<>()).add(node));
    }
    nodes.stream().filter(n -> n.op() instanceof Pointwise.StopGradient).forEach(this::postpone);
    before.forEach((node, required) -> missing.put(node, required.size()));
  }

  /** Returns the results and all tensors that they depend on, each once, inputs first. */
  static List<Tensor> of(Collection<Tensor> results) {
    List<Tensor> usual = TensorGraph.inOrder(results);
    if (ProgramMemory.peak(usual, results) <= SMALL) {
      return List.copyOf(usual);
    }
    List<Tensor> other = new ExecutionOrder(usual, results).from(results);
    List<Tensor> bySegment = new ArrayList<>(other);
    bySegment.sort(Comparator.comparingInt(new Segments(usual)::of));
    return Stream.of(usual, other, bySegment)
        .min(Comparator.comparingLong(order -> ProgramMemory.peak(order, results)))
        .map(List::copyOf)
        .orElseThrow();
  }

  private static Collection<Tensor> distinct(List<Tensor> tensors) {
    Set<Tensor> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    return tensors.stream().filter(distinct::add).toList();
  }

  private void require(Tensor earlier, Tensor later) {
    requireNonNull(before.get(later)).add(earlier);
    after.computeIfAbsent(earlier, e -> new ArrayList<>()).add(later);
  }

  /** Lets a stopped gradient wait for what follows its input but not the stopped gradient. */
  private void postpone(Tensor stopped) {
    if (requireNonNull(after.get(stopped.input(0))).size() == 1) {
      return; // Nothing else follows.
    }
    Set<Tensor> first = following(stopped.input(0));
    first.removeAll(following(stopped));
    first.remove(stopped.input(0));
    nodes.stream().filter(first::contains).forEach(node -> require(node, stopped));
  }

  /** Returns the tensor and all that have to come after it. */
  private Set<Tensor> following(Tensor tensor) {
    Set<Tensor> following = new LinkedHashSet<>();
    Deque<Tensor> queue = new ArrayDeque<>(List.of(tensor));
    while (!queue.isEmpty()) {
      Tensor next = queue.poll();
      if (following.add(next)) {
        queue.addAll(after.getOrDefault(next, List.of()));
      }
    }
    return following;
  }

  private List<Tensor> from(Collection<Tensor> results) {
    Deque<Tensor> stack = new ArrayDeque<>();
    for (Tensor result : results) {
      stack.push(result);
      while (!stack.isEmpty()) {
        Tensor next = stack.peek();
        Tensor required = firstMissing(next);
        if (required == null) {
          stack.pop();
          add(next);
        } else {
          stack.push(required);
        }
      }
    }
    return order;
  }

  private @Nullable Tensor firstMissing(Tensor tensor) {
    for (Tensor required : requireNonNull(before.get(tensor))) {
      if (!ordered.contains(required)) {
        return required;
      }
    }
    return null;
  }

  /**
   * Adds a tensor, unless it is there, and then small results and all that do not increase the
   * memory in use.
   */
  private void add(Tensor tensor) {
    @Nullable Tensor next = tensor;
    while (next != null) {
      if (ordered.add(next)) {
        order.add(next);
        lifetimes.execute(next);
        for (Tensor later : after.getOrDefault(next, List.of())) {
          missing.merge(later, -1, Integer::sum);
          offer(later);
        }
        next.inputs().forEach(this::offerLastUses);
        findSmallResults(next);
      }
      next = small.isEmpty() ? free.poll() : small.poll();
    }
  }

  private void findSmallResults(Tensor tensor) {
    long most = Lifetimes.size(tensor) / TIMES_SMALL;
    if (most >= Float.BYTES && Lifetimes.owner(tensor) == tensor) {
      for (Tensor user : users.getOrDefault(tensor, List.of())) {
        Set<Tensor> needed = new LinkedHashSet<>();
        if (Lifetimes.owner(user) == user && isSmall(user, most, needed)) {
          small.addAll(needed);
        }
      }
    }
  }

  /**
   * Returns whether a tensor and all that have to come before it are small, and adds these in
   * order.
   */
  private boolean isSmall(Tensor tensor, long most, Set<Tensor> needed) {
    if (ordered.contains(tensor) || needed.contains(tensor)) {
      return true;
    }
    boolean view = Lifetimes.owner(tensor) != tensor;
    if (needed.size() >= MOST_FOR_SMALL || !(view || Lifetimes.size(tensor) <= most)) {
      return false;
    }
    for (Tensor required : requireNonNull(before.get(tensor))) {
      if (!isSmall(required, most, needed)) {
        return false;
      }
    }
    return needed.add(tensor);
  }

  /** Offers the operations one of which may be the last to use the elements of a tensor. */
  private void offerLastUses(Tensor tensor) {
    Tensor owner = Lifetimes.owner(tensor);
    if (lifetimes.uses(owner) <= FEW) {
      users.getOrDefault(owner, List.of()).forEach(this::offer);
    }
  }

  private void offer(Tensor tensor) {
    if (Integer.valueOf(0).equals(missing.get(tensor))
        && !ordered.contains(tensor)
        && lifetimes.increase(tensor) <= 0) {
      free.add(tensor);
    }
  }
}
