package dev.ebt.modality;

import dev.ebt.tensor.Shape;

/**
 * What real numbers such as the values of a frame are to a model: a modality's settings name one
 * ({@code modality.encoder}), and the modality says what it is to encode.
 */
@FunctionalInterface
public interface Encoder {
  /**
   * The space that it makes of arrays of this shape.
   *
   * @param shape of one array: [channels, height, width] of a frame
   * @throws dev.ebt.error.UserException if it is not for such
   */
  LatentSpace of(Shape shape);
}
