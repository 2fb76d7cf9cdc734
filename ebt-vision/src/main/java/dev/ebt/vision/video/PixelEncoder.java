package dev.ebt.vision.video;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Frames as they are. */
record PixelEncoder(int size) implements FrameEncoder {
  @Override
  public Tensor encode(Tensor frames) {
    return frames;
  }

  @Override
  public Tensor decode(Tensor latents) {
    return latents;
  }

  @Override
  public void fit(List<float[]> frames) {
    // There is nothing to fit.
  }

  @Override
  public int wanted() {
    return 0;
  }

  @Override
  public String description() {
    return "predicted as pixels";
  }

  @Override
  public Map<String, Array> fitted() {
    return Map.of();
  }

  @Override
  public Map<String, Shape> shapes() {
    return Map.of();
  }

  @Override
  public void restore(Map<String, Array> fitted) {
    // There is nothing to restore.
  }
}
