package dev.ebt.tensor;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The peak memory of a program, in single precision. Computed by visiting its tensors in execution
 * order, each alive until its last use ({@link Lifetimes}).
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
    return new ProgramMemory(held, peak(program.nodes(), program.results()));
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
    long bytes = each;
    for (int axis = 0; axis < shape.rank(); axis++) {
      bytes = Math.multiplyExact(bytes, (long) shape.size(axis));
    }
    return bytes;
  }

  /** Returns the peak bytes of tensors that are executed in this order. */
  static long peak(Collection<Tensor> nodes, Collection<Tensor> results) {
    Lifetimes lifetimes = new Lifetimes(nodes, results);
    return nodes.stream().mapToLong(lifetimes::execute).max().orElse(0);
  }
}
