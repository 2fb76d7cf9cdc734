package dev.ebt.vision.encoder;

import dev.ebt.modality.LatentSpace;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * Frames as they are.
 *
 * @param size values of a frame
 */
public record PixelSpace(int size) implements LatentSpace {
  /** The encoder has no settings. */
  public record Settings() {}

  /** Of frames [channels, height, width]. */
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
