package dev.ebt.tensor;

/**
 * A named value that a backend keeps between runs: a parameter, an optimizer slot, the current
 * candidate, the observed context. Two variables of one backend with the same name are the same
 * variable.
 *
 * @param name unique in its backend, dotted: {@code transformer.layers.0.attention.wq.weight}
 */
public record Variable(String name, Shape shape, ElementType type) {
  /**
   * Creates a variable.
   *
   * @throws ShapeException if the elements are boolean
   */
  public Variable {
    if (type == ElementType.BOOLEAN) {
      throw new ShapeException(
          "variable " + name, "REAL or INTEGER expected, found BOOLEAN " + shape);
    }
  }

  /** Creates a variable of real numbers. */
  public static Variable real(String name, Shape shape) {
    return new Variable(name, shape, ElementType.REAL);
  }

  /** Returns the value of the variable at the start of a run. */
  public Tensor read() {
    return Tensor.of(new Sources.Read(this));
  }
}
