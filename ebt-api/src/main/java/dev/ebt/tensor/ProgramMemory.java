package dev.ebt.tensor;

import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The peak memory of a program, in single precision. Computed by visiting its tensors in execution
 * order, each alive until its last use. Views of the same elements use no memory, and element-wise
 * results are written over an operand that is no longer needed.
 *
 * @param variables bytes of all variables that the program reads or updates
 * @param peak peak bytes of all other tensors
 */
public record ProgramMemory(long variables, long peak) {

  /** Estimates the memory of a program. */
  public static ProgramMemory of(Program program) {
    Set<Variable> variables = new LinkedHashSet<>(program.reads());
    variables.addAll(program.updates().keySet());
    long held = variables.stream().mapToLong(v -> bytes(v.type(), v.shape())).sum();
    return new ProgramMemory(held, new Walk(program).peak());
  }

  /** Returns the size in bytes of an array of this type and shape. */
  public static long bytes(ElementType type, Shape shape) {
    int each =
        switch (type) {
          case REAL -> Float.BYTES;
          case INTEGER -> Long.BYTES;
          case BOOLEAN -> 1;
        };
    // Arrays have at most 2³¹ elements, but the requested shape may have more.
    return LongStream.of(shape.toLongArray()).reduce(each, Math::multiplyExact);
  }

  /** One pass over the tensors in execution order. */
  private static final class Walk {
    private final Program program;

    /** The number of later tensors that need the elements of each tensor. */
    private final Map<Tensor, Integer> needed = new IdentityHashMap<>();

    private final Set<Tensor> alive = java.util.Collections.newSetFromMap(new IdentityHashMap<>());

    Walk(Program program) {
      this.program = program;
      program.nodes().forEach(node -> node.inputs().forEach(this::need));
      // Outputs and updates stay alive until the end of the run.
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

    /** Returns whether the result overwrites an operand whose last use this is. */
    private boolean inPlace(Tensor node) {
      return (node.op() instanceof Pointwise.Unary || node.op() instanceof Pointwise.Binary)
          && node.inputs().stream()
              .map(Walk::owner)
              .anyMatch(
                  o ->
                      alive.contains(o)
                          && Integer.valueOf(1).equals(needed.get(o))
                          && sameSize(o, node));
    }

    private static boolean sameSize(Tensor a, Tensor b) {
      return a.type() == b.type() && bytes(a.type(), a.shape()) == bytes(b.type(), b.shape());
    }

    /** Returns whether the tensor has memory of its own: variables are counted separately. */
    private static boolean owns(Tensor tensor) {
      return !(tensor.op() instanceof Sources.Read);
    }

    /** Returns the tensor whose elements this one views: usually itself. */
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
