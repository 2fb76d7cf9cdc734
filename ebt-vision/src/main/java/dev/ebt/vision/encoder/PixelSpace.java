package dev.ebt.vision.encoder;

import dev.ebt.modality.LatentSpace;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * The identity encoding of frames.
 *
 * @param size the number of values of a frame
 */
public record PixelSpace(int size) implements LatentSpace {
  /** The settings of this encoder, which has none. */
  public record Settings() {}

  /** Creates the space of frames [channels, height, width]. */
  public PixelSpace(Shape frame) {
    this(frame.elements());
  }

  @Override
  public Tensor encode(Tensor values) {
    return values;
  }

  @Override
  public Tensor decode(Tensor latents) {
    return latents;
  }

  @Override
  public String description() {
    return "pixels";
  }

  @Override
  public String fingerprint() {
    return description();
  }
}
