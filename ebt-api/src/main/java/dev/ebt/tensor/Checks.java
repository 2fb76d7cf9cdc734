package dev.ebt.tensor;

import java.util.List;

/** Checks of the inputs of operations; error messages name the operation and the shapes. */
final class Checks {
  private Checks() {}

  static void real(String operation, List<Tensor> inputs) {
    inputs.forEach(input -> type(operation, input, ElementType.REAL));
  }

  static void type(String operation, Tensor input, ElementType expected) {
    if (input.type() != expected) {
      throw new ShapeException(
          operation, expected + " expected, found " + input.type() + " " + input.shape());
    }
  }

  static void sameType(String operation, List<Tensor> inputs) {
    inputs.forEach(input -> type(operation, input, inputs.get(0).type()));
  }

  /**
   * Checks that all inputs have one type and that it is not boolean: booleans have no arithmetic
   * and no order.
   */
  static void numbers(String operation, List<Tensor> inputs) {
    sameType(operation, inputs);
    if (inputs.get(0).type() == ElementType.BOOLEAN) {
      throw new ShapeException(operation, "numbers expected, found " + inputs);
    }
  }

  static void sameShape(String operation, List<Tensor> inputs) {
    for (Tensor input : inputs) {
      if (!input.shape().equals(inputs.get(0).shape())) {
        throw new ShapeException(
            operation, inputs.get(0).shape() + " and " + input.shape() + " differ");
      }
    }
  }

  static void rankAtLeast(String operation, Tensor input, int rank) {
    if (input.shape().rank() < rank) {
      throw new ShapeException(
          operation, "at least " + rank + " axes expected, found " + input.shape());
    }
  }
}
