package dev.ebt.tensor;

import static java.util.Objects.requireNonNull;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The segments into which the boundaries of layers ({@link Functions#layerBoundary}) divide a
 * graph: that of a tensor is the number of boundaries on the longest path to it. So a pass through
 * the layers has a segment for each of them, and a later pass has later ones.
 */
final class Segments {
  private final Map<Tensor, Integer> numbers = new IdentityHashMap<>();

  /** The boundary at which the segment of a tensor begins, on the way to this tensor. */
  private final Map<Tensor, Tensor> beginnings = new IdentityHashMap<>();

  /** Finds the segments of tensors, given inputs first. */
  Segments(List<Tensor> nodes) {
    nodes.forEach(this::place);
  }

  /** Returns whether a tensor is at a boundary of layers. */
  static boolean isBoundary(Tensor tensor) {
    return tensor.op() instanceof Pointwise.Barrier && tensor.inputs().size() == 1;
  }

  private void place(Tensor node) {
    int number = 0;
    @Nullable Tensor beginning = null;
    for (Tensor input : node.inputs()) {
      if (of(input) > number) {
        number = of(input);
        beginning = null;
      }
      if (of(input) == number && beginning == null) {
        beginning = beginnings.get(input);
      }
    }
    if (isBoundary(node)) {
      number++;
      beginning = node;
    }
    numbers.put(node, number);
    if (beginning != null) {
      beginnings.put(node, beginning);
    }
  }

  /** Returns the number of the segment of a tensor, from 0. */
  int of(Tensor tensor) {
    return requireNonNull(numbers.get(tensor));
  }

  /** Returns the boundary at which the segment of a tensor begins, if it is not the first one. */
  Tensor beginning(Tensor tensor) {
    return requireNonNull(beginnings.get(tensor));
  }

  /** Returns the segment in which the inputs of a tensor are needed. */
  int ofInputs(Tensor tensor) {
    return isBoundary(tensor) ? of(tensor) - 1 : of(tensor);
  }

  /** Moves a tensor to the segment of one that uses it. */
  void move(Tensor tensor, Tensor user) {
    numbers.put(tensor, of(user));
    beginnings.put(tensor, beginning(user));
  }
}
