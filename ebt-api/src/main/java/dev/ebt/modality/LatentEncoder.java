package dev.ebt.modality;

import dev.ebt.tensor.Shape;

/**
 * A factory of {@link LatentSpace}s for real-valued arrays, such as frames. A modality's settings
 * select it by name ({@code modality.encoder}), and the modality passes the shape to encode.
 */
@FunctionalInterface
public interface LatentEncoder {
  /**
   * Returns the latent space for arrays of this shape.
   *
   * @param shape the shape of one array: [channels, height, width] for a frame
   * @throws dev.ebt.error.UserException if it does not support such arrays
   */
  LatentSpace of(Shape shape);
}
