package dev.ebt.backend;

import dev.ebt.tensor.ShapeException;
import dev.ebt.tensor.Variable;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A binding of a program's free variables to others of the same type and shape.
 *
 * @param variables the variable that takes the place of each free one
 */
public record VariableBinding(Map<Variable, Variable> variables) {
  /** The binding that leaves every variable as it is. */
  public static final VariableBinding NONE = new VariableBinding(Map.of());

  /**
   * Makes an unmodifiable copy of the map.
   *
   * @throws ShapeException if a variable is bound to one of another type or shape
   */
  public VariableBinding {
    variables = Map.copyOf(variables);
    variables.forEach(VariableBinding::check);
  }

  private static void check(Variable free, Variable bound) {
    if (!free.shape().equals(bound.shape()) || free.type() != bound.type()) {
      throw new ShapeException(
          "binding of variable '" + free.name() + "' to '" + bound.name() + "'",
          free.type()
              + " "
              + free.shape()
              + " and "
              + bound.type()
              + " "
              + bound.shape()
              + " differ");
    }
  }

  /**
   * Checks that this binds all of the given variables.
   *
   * @throws IllegalArgumentException naming the first one that is not bound
   */
  public VariableBinding requireAll(Collection<Variable> free) {
    for (Variable variable : free) {
      if (!variables.containsKey(variable)) {
        throw new IllegalArgumentException("variable '" + variable.name() + "' is not bound");
      }
    }
    return this;
  }

  /** Returns the variable in place of the given one: itself if it is not free. */
  public Variable of(Variable variable) {
    return variables.getOrDefault(variable, variable);
  }

  /** Returns the variables in place of the given ones, in the same order. */
  public List<Variable> of(Collection<Variable> all) {
    return all.stream().map(this::of).toList();
  }
}
