package dev.ebt.tensor;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Recomputation of activations: what a later pass through a layer needs of an earlier one is
 * computed again from the tensors at the layer's boundaries, so that it takes no memory in between
 * (Chen et al., "Training deep nets with sublinear memory cost", 2016).
 *
 * <p>An energy's derivative for its candidate passes the layers backwards, and that of the loss
 * passes both of these passes backwards again, so there are four passes in a training step rather
 * than two. All of them have boundaries, which divide the graph into {@link Segments}. A tensor of
 * an earlier segment is computed again for each later one that uses it, once the boundary is
 * reached at which that segment begins. Tensors at boundaries, small ones, random numbers and
 * gradients of parameters are kept.
 */
final class Recomputation {
  /** Smaller tensors make no difference to memory. */
  private static final long SMALL = 64L << 10;

  private final List<Tensor> results;
  private final List<Tensor> nodes;
  private final Segments segments;

  /** Sums over the batch, and what is computed from them and variables: gradients of weights. */
  private final Set<Tensor> sums = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The owners of elements that are kept. */
  private final Set<Tensor> kept = Collections.newSetFromMap(new IdentityHashMap<>());

  /** What is computed later than it could be. */
  private final Set<Tensor> moved = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Map<Tensor, Tensor> first = new IdentityHashMap<>();

  private record InSegment(Tensor tensor, Tensor beginning) {}

  private final Map<InSegment, Tensor> again = new HashMap<>();
  private final Map<InSegment, Tensor> delayed = new HashMap<>();

  private Recomputation(List<Tensor> results) {
    this.results = results;
    this.nodes = TensorGraph.inOrder(results);
    this.segments = new Segments(nodes);
  }

  /**
   * Returns the replacement of each result: with recomputation if that takes at least a tenth less
   * memory than what is given.
   *
   * @param plain the results without boundaries
   */
  static List<Tensor> of(List<Tensor> results, List<Tensor> plain) {
    List<Tensor> recomputed = new Recomputation(results).rebuilt();
    return peak(recomputed) < peak(plain) / 10 * 9 ? recomputed : plain;
  }

  private static long peak(List<Tensor> results) {
    return ProgramMemory.peak(ExecutionOrder.of(results), results);
  }

  /** Returns the replacement of each result by one without boundaries. */
  static List<Tensor> withoutBoundaries(List<Tensor> results) {
    return TensorGraph.rebuilt(
        results,
        (tensor, inputs) ->
            Segments.isBoundary(tensor) ? inputs.get(0) : Rewrite.rebuilt(tensor, inputs));
  }

  private List<Tensor> rebuilt() {
    nodes.forEach(this::findSums);
    moveToUsers();
    nodes.stream().filter(this::isKept).map(Lifetimes::owner).forEach(kept::add);
    results.stream().map(Lifetimes::owner).forEach(kept::add);
    List<Tensor> bySegment = new ArrayList<>(nodes);
    bySegment.sort(
        Comparator.comparingInt(segments::of).thenComparing(node -> !Segments.isBoundary(node)));
    for (Tensor node : bySegment) {
      List<Tensor> inputs = node.inputs().stream().map(input -> operand(input, node)).toList();
      first.put(node, Rewrite.rebuilt(node, inputs));
    }
    return results.stream().map(first::get).toList();
  }

  private void findSums(Tensor node) {
    List<Tensor> inputs = node.inputs();
    boolean follows =
        inputs.stream().anyMatch(sums::contains)
            && inputs.stream().allMatch(input -> sums.contains(input) || isFixed(input));
    if (follows || isSum(node)) {
      sums.add(node);
    }
  }

  private static boolean isFixed(Tensor tensor) {
    return tensor.op() instanceof Sources.Read || tensor.op() instanceof Sources.Constant;
  }

  /** Returns whether a tensor combines rows of larger ones, as the gradient of a weight does. */
  private static boolean isSum(Tensor node) {
    return node.op() instanceof Indexing.ScatterAdd
        || ((node.op() instanceof MatMul || node.op() instanceof Reductions.Reduce)
            && node.inputs().stream()
                .allMatch(input -> Lifetimes.size(input) > Lifetimes.size(node)));
  }

  /**
   * Moves tensors to the first segment that uses them: a derivative of an activation can be
   * computed with the activation, but should not be before the pass that needs it.
   */
  private void moveToUsers() {
    Map<Tensor, Tensor> users = new IdentityHashMap<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Tensor node = nodes.get(i);
      Tensor user = users.get(node);
      if (user != null
          && !Segments.isBoundary(node)
          && !sums.contains(node)
          && segments.ofInputs(user) > segments.of(node)) {
        segments.move(node, user);
        moved.add(node);
      }
      for (Tensor input : node.inputs()) {
        users.merge(input, node, (a, b) -> segments.ofInputs(a) <= segments.ofInputs(b) ? a : b);
      }
    }
  }

  private boolean isKept(Tensor node) {
    return Segments.isBoundary(node)
        || node.op() instanceof Sources
        || sums.contains(node)
        || Lifetimes.size(node) < SMALL;
  }

  /** Returns what a tensor becomes as an operand of another one. */
  private Tensor operand(Tensor tensor, Tensor user) {
    if (isComputedAgain(tensor, user)) {
      return computedAgain(tensor, user);
    }
    return moved.contains(user) && segments.of(tensor) < segments.of(user)
        ? delayed(tensor, user)
        : first(tensor);
  }

  private Tensor first(Tensor tensor) {
    return requireNonNull(first.get(tensor));
  }

  private boolean isComputedAgain(Tensor tensor, Tensor user) {
    return segments.of(tensor) < segments.of(user) && !kept.contains(Lifetimes.owner(tensor));
  }

  /** Returns a tensor computed again for its user, once for all users behind one boundary. */
  private Tensor computedAgain(Tensor tensor, Tensor user) {
    InSegment key = new InSegment(tensor, segments.beginning(user));
    Tensor known = again.get(key);
    if (known == null) {
      List<Tensor> inputs =
          tensor.inputs().stream()
              .map(
                  input ->
                      isComputedAgain(input, user)
                          ? computedAgain(input, user)
                          : delayed(input, user))
              .toList();
      known = Rewrite.rebuilt(tensor, inputs);
      again.put(key, known);
    }
    return known;
  }

  /** Returns a kept tensor once the segment of its user has begun. */
  private Tensor delayed(Tensor tensor, Tensor user) {
    Tensor value = first(tensor);
    if (tensor.op() instanceof Sources.Constant) {
      return value;
    }
    Tensor beginning = first(segments.beginning(user));
    return delayed.computeIfAbsent(
        new InSegment(value, beginning),
        key -> Tensor.of(new Pointwise.Barrier(), value, beginning));
  }
}
