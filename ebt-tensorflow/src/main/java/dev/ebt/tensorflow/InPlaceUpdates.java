package dev.ebt.tensorflow;

import dev.ebt.tensor.Indexing;
import dev.ebt.tensor.Pointwise;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.ShapeOps;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The updates of a program that are made in the buffer of a variable instead of in a copy: those
 * that replace rows of a variable, such as a key/value cache, whose old value has no other use.
 *
 * <p>The variable must not share its buffer. Therefore a value that a variable would share, such as
 * a constant, or one that several variables get, is copied when it is assigned.
 */
final class InPlaceUpdates {
  private final Map<Tensor, Integer> uses = new IdentityHashMap<>();
  private final Map<Tensor, Integer> assigned = new IdentityHashMap<>();
  private final Set<Tensor> updates = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Collection<Variable> free;

  /**
   * Finds the updates.
   *
   * @param free the variables that may be updated in place
   */
  InPlaceUpdates(Program program, Collection<Variable> free) {
    this.free = free;
    program.outputs().values().forEach(this::use);
    program.updates().values().forEach(this::use);
    program.nodes().forEach(node -> node.inputs().forEach(this::use));
    program.updates().values().forEach(value -> assigned.merge(source(value), 1, Integer::sum));
    program.updates().forEach(this::find);
  }

  private void use(Tensor tensor) {
    uses.merge(tensor, 1, Integer::sum);
  }

  private void find(Variable variable, Tensor value) {
    Tensor update = value;
    while (update.op() instanceof ShapeOps.Reshape) {
      update = update.input(0);
    }
    if (free.contains(variable)
        && update.op() instanceof Indexing.ScatterUpdate
        && isOnlyRead(update.input(0), variable)) {
      updates.add(update);
    }
  }

  /** Returns whether a tensor is the value of a variable, perhaps reshaped, without other use. */
  private boolean isOnlyRead(Tensor tensor, Variable variable) {
    if (uses.getOrDefault(tensor, 0) != 1) {
      return false;
    }
    return tensor.op() instanceof ShapeOps.Reshape
        ? isOnlyRead(tensor.input(0), variable)
        : tensor.op() instanceof Sources.Read read && read.variable().equals(variable);
  }

  /** Returns whether an update is made in the buffer of its variable. */
  boolean isInPlace(Tensor update) {
    return updates.contains(update);
  }

  /** Returns whether a variable may share the buffer of a value that it is assigned. */
  boolean isShared(Variable variable, Tensor value) {
    Tensor source = source(value);
    return free.contains(variable)
        && (source.op() instanceof Sources || assigned.getOrDefault(source, 0) > 1);
  }

  /** Returns the tensor whose buffer a tensor may be a view of. */
  private static Tensor source(Tensor tensor) {
    Tensor source = tensor;
    while (source.op() instanceof ShapeOps.Reshape
        || source.op() instanceof ShapeOps.Slice
        || source.op() instanceof ShapeOps.Broadcast
        || source.op() instanceof Pointwise.StopGradient
        || source.op() instanceof Pointwise.Barrier) {
      source = source.input(0);
    }
    return source;
  }
}
