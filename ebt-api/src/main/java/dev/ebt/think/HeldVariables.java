package dev.ebt.think;

import dev.ebt.backend.Backend;
import dev.ebt.modality.HeldElements;
import dev.ebt.predict.FixedElements;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeException;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The variables of a thinking session with the elements of its candidates that are held fixed.
 *
 * @param mask 1 where an element is held, else 0; [rows, candidate...]
 * @param values their values
 */
record HeldVariables(Variable mask, Variable values) {
  /** Returns variables for candidates of a shape. */
  static HeldVariables of(Shape shape) {
    return new HeldVariables(Variable.real("held", shape), Variable.real("heldValues", shape));
  }

  /** Returns what they hold at the time a program runs. */
  HeldElements read() {
    return new HeldElements(mask.read().greaterOrEqual(Tensor.constant(0.5)), values.read());
  }

  List<Variable> all() {
    return List.of(mask, values);
  }

  /** Returns the variables that stand for these. */
  HeldVariables map(UnaryOperator<Variable> bound) {
    return new HeldVariables(bound.apply(mask), bound.apply(values));
  }

  /**
   * Sets them on a backend.
   *
   * @throws ShapeException if the elements do not have the shape of the candidates
   */
  void assign(Backend backend, FixedElements elements) {
    if (!elements.mask().shape().equals(mask.shape())) {
      throw new ShapeException(
          "fixed elements", mask.shape() + " expected, found " + elements.mask().shape());
    }
    backend.assign(mask, elements.mask());
    backend.assign(values, elements.values());
  }

  /** Sets them to no element. */
  void clear(Backend backend) {
    Array zeros = Array.filled(mask.shape(), 0);
    assign(backend, new FixedElements(zeros, zeros));
  }
}
