package dev.ebt.tensor;

import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * How much memory a program takes at most, in single precision: a walk over its tensors in the
 * order in which they are computed, each alive until its last use. New views of the same elements
 * take nothing, and element-wise results take the place of an operand that nobody needs any more.
 *
 * @param variables bytes of all variables that the program reads or updates
 * @param peak bytes of all other tensors at the worst moment
 */
public record ProgramMemory(long variables, long peak) {

  /** Of one program. */
  public static ProgramMemory of(Program program) {
    Set<Variable> variables = new LinkedHashSet<>(program.reads());
    variables.addAll(program.updates().keySet());
    long held = variables.stream().mapToLong(v -> bytes(v.type(), v.shape())).sum();
    return new ProgramMemory(held, new Walk(program).peak());
  }

  /** What an array of this type and shape takes, in bytes. */
  public static long bytes(ElementType type, Shape shape) {
    int each =
        switch (type) {
          case REAL -> Float.BYTES;
          case INTEGER -> Long.BYTES;
          case BOOLEAN -> 1;
        };
    // No array has more than 2³¹ elements, but what is asked for may have.
    return LongStream.of(shape.toLongArray()).reduce(each, Math::multiplyExact);
  }

  /** One pass over the tensors. */
  private static final class Walk {
    private final Program program;

    /** How many tensors yet to come need the elements of this one. */
    private final Map<Tensor, Integer> needed = new IdentityHashMap<>();

    private final Set<Tensor> alive = java.util.Collections.newSetFromMap(new IdentityHashMap<>());

    Walk(Program program) {
      this.program = program;
      program.nodes().forEach(node -> node.inputs().forEach(this::need));
      // Results stay until the end of the run.
      program.outputs().values().forEach(this::need);
      program.updates().values().forEach(this::need);
    }

    private void need(Tensor tensor) {
      needed.merge(owner(tensor), 1, Integer::sum);
    }

    long peak() {
      long now = 0;
      long most = 0;
      for (Tensor node : program.nodes()) {
        if (owner(node) == node && owns(node)) {
          if (!inPlace(node)) {
            now += bytes(node.type(), node.shape());
          }
          alive.add(node);
          most = Math.max(most, now);
        }
        boolean taken = inPlace(node);
        for (Tensor input : node.inputs()) {
          Tensor owner = owner(input);
          if (needed.merge(owner, -1, Integer::sum) == 0 && alive.remove(owner)) {
            boolean replaced = taken && sameSize(owner, node);
            taken = taken && !replaced;
            now -= replaced ? 0 : bytes(owner.type(), owner.shape());
          }
        }
      }
      return most;
    }

    /** Whether the result is written over an operand that this is the last use of. */
    private boolean inPlace(Tensor node) {
      return (node.op() instanceof Pointwise.Unary || node.op() instanceof Pointwise.Binary)
          && node.inputs().stream()
              .map(Walk::owner)
              .anyMatch(o -> alive.contains(o) && needed.get(o) == 1 && sameSize(o, node));
    }

    private static boolean sameSize(Tensor a, Tensor b) {
      return a.type() == b.type() && bytes(a.type(), a.shape()) == bytes(b.type(), b.shape());
    }

    /** Variables are counted by themselves. */
    private static boolean owns(Tensor tensor) {
      return !(tensor.op() instanceof Sources.Read);
    }

    /** The tensor whose elements these are: most often itself. */
    private static Tensor owner(Tensor tensor) {
      Tensor owner = tensor;
      while (owner.op() instanceof ShapeOps.Reshape
          || owner.op() instanceof Pointwise.StopGradient
          || owner.op() instanceof ShapeOps.Broadcast) {
        owner = owner.input(0);
      }
      return owner;
    }
  }
}
