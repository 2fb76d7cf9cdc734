package dev.ebt.vision.encoder;

import dev.ebt.modality.LatentSpace;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.LatentSpaceContract;
import java.util.List;

class PixelSpaceTest extends LatentSpaceContract {
  @Override
  protected LatentSpace space() {
    return new PixelSpace(Shape.of(1, 1, 2));
  }

  @Override
  protected List<float[]> arrays() {
    return List.of(new float[] {0.5f, -1}, new float[] {1, 0.25f});
  }
}
