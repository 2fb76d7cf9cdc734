package dev.ebt.backend;

import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * A scope of variables of one owner, such as a thinking session: their names begin with a prefix
 * that no other open scope of the backend has, and closing the scope frees them.
 */
public final class VariableScope implements AutoCloseable {
  private final Backend backend;
  private final String prefix;
  private final Runnable closing;
  private final List<Variable> variables = new ArrayList<>();
  private boolean closed;

  /**
   * Creates a scope without variables.
   *
   * @param prefix the unique prefix of the names
   * @param closing runs once the variables are freed
   */
  VariableScope(Backend backend, String prefix, Runnable closing) {
    this.backend = backend;
    this.prefix = prefix;
    this.closing = closing;
  }

  /** Returns a new variable of real numbers. */
  public Variable real(String name, Shape shape) {
    return variable(name, shape, ElementType.REAL);
  }

  /** Returns a new variable. */
  public Variable variable(String name, Shape shape, ElementType type) {
    Variable variable = new Variable(prefix + name, shape, type);
    variables.add(variable);
    return variable;
  }

  /** Frees the variables of this scope. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      backend.release(variables);
      closing.run();
    }
  }
}
