package dev.ebt.backend;

import dev.ebt.tensor.Variable;
import java.util.Map;

/**
 * A compiled program with free variables, which serves any number of sets of variables: those of
 * each thinking session. It has no state and is usable until its backend is closed.
 */
@FunctionalInterface
public interface UnboundProgram {
  /**
   * Returns the program on the given variables.
   *
   * @param variables the variable that takes the place of each free one
   * @throws IllegalArgumentException if a free variable is not bound
   * @throws dev.ebt.tensor.ShapeException if a variable has another type or shape
   */
  Executable bind(Map<Variable, Variable> variables);
}
