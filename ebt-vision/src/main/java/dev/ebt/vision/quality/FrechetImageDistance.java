package dev.ebt.vision.quality;

import dev.ebt.modality.Batch;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.tensor.Array;
import java.util.Arrays;
import java.util.Map;

/**
 * The distance of a set of images from real ones: {@code frechet}, the squared {@link
 * FrechetDistance} over {@link RandomFeatures} in standard deviations of the real ones. 0 is best;
 * the value of as many other real images is due to sampling. It compares models over the same real
 * images and equally many generated ones; it is not FID.
 */
public final class FrechetImageDistance implements DistributionMetric {
  private final ReferenceImages real;
  private final FrechetDistance.Moments moments;

  /** Creates the distance from these images. */
  public FrechetImageDistance(ReferenceImages real) {
    this.real = real;
    this.moments = new FrechetDistance.Moments(real.moments().size());
  }

  @Override
  public void add(Batch batch, Array candidates, int rows) {
    for (int row = 0; row < rows; row++) {
      add(image(candidates, row));
    }
  }

  void add(float[] image) {
    moments.add(real.features(image));
  }

  /** Returns one of several images, clamped to −1 to 1. */
  static float[] image(Array candidates, int row) {
    int size = candidates.shape().elements() / candidates.shape().size(0);
    float[] image = Arrays.copyOfRange(candidates.floats(), row * size, (row + 1) * size);
    for (int i = 0; i < size; i++) {
      image[i] = Math.max(-1, Math.min(1, image[i]));
    }
    return image;
  }

  @Override
  public Map<String, Double> metrics() {
    return moments.count() == 0
        ? Map.of()
        : Map.of("frechet", FrechetDistance.between(moments, real.moments()));
  }
}
