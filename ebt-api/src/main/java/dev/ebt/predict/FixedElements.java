package dev.ebt.predict;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.ShapeException;

/**
 * Elements of candidates that are given and stay as they are while the others are predicted, such
 * as the known pixels of an image with a hole.
 *
 * @param mask 1 where an element is given, 0 where it is predicted: [rows, candidate...]
 * @param values the given elements, of the shape of the mask; the others have no effect
 */
public record FixedElements(Array mask, Array values) {
  /**
   * Checks the shapes and the mask.
   *
   * @throws ShapeException if the shapes differ
   * @throws IllegalArgumentException if an element of the mask is neither 0 nor 1
   */
  public FixedElements {
    if (!mask.shape().equals(values.shape())) {
      throw new ShapeException(
          "fixed elements",
          "a mask and values of one shape expected, found "
              + mask.shape()
              + " and "
              + values.shape());
    }
    for (int i = 0; i < mask.shape().elements(); i++) {
      if (mask.real(i) != 0 && mask.real(i) != 1) {
        throw new IllegalArgumentException(
            "the mask of fixed elements has " + mask.real(i) + "; 0 or 1 expected");
      }
    }
  }

  /** Returns candidates with the given elements in their places. */
  public Array in(Array candidates) {
    double[] mixed = new double[candidates.shape().elements()];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = mask.real(i) == 1 ? values.real(i) : candidates.real(i);
    }
    return Array.of(candidates.shape(), mixed);
  }
}
