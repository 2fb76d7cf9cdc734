package dev.ebt.vision.quality;

import dev.ebt.error.Required;
import dev.ebt.modality.Batch;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.tensor.Array;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Metrics that compare generated images with real ones, each by itself and all together:
 *
 * <ul>
 *   <li>{@code nearest}: the mean squared error, of values from 0 to 255, to the nearest real image
 *   <li>{@code classAccuracy}: the share whose nearest real image has the class of the condition
 *   <li>{@code diversity}: the distance of two images of a class relative to that of two real ones:
 *       1 is as varied as real images, 0 the same image again and again; noise is varied, too
 *   <li>{@code frechet}: see {@link FrechetImageDistance}
 * </ul>
 *
 * <p>The mean of all valid images is near to real ones and has no diversity: the metrics are
 * meaningful only together.
 */
public final class GenerationMetrics implements DistributionMetric {
  private static final double HALF_RANGE = 127.5;

  private final ReferenceImages real;
  private final String feature;
  private final boolean asked;
  private final FrechetImageDistance distance;
  private final Diversity expected = new Diversity();
  private final Diversity diversity = new Diversity();
  private double errors;
  private int correct;
  private int count;

  /**
   * Creates metrics against these images.
   *
   * @param feature the context feature with the class
   * @param asked whether generation is class-conditional
   */
  public GenerationMetrics(ReferenceImages real, String feature, boolean asked) {
    this.real = real;
    this.feature = feature;
    this.asked = asked;
    this.distance = new FrechetImageDistance(real);
    for (int i = 0; i < real.count(); i++) {
      expected.add(asked ? real.label(i) : 0, real.image(i));
    }
  }

  @Override
  public void add(Batch batch, Array candidates, int rows) {
    for (int row = 0; row < rows; row++) {
      float[] image = FrechetImageDistance.image(candidates, row);
      int label = asked ? (int) Required.of(batch.context(), feature).longs()[row] : 0;
      NearestImage nearest = NearestImage.of(image, real);
      errors += nearest.error() * HALF_RANGE * HALF_RANGE;
      correct += real.label(nearest.index()) == label ? 1 : 0;
      diversity.add(label, image);
      distance.add(image);
      count++;
    }
  }

  @Override
  public Map<String, Double> metrics() {
    if (count == 0) {
      return Map.of();
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("nearest", errors / count);
    if (asked) {
      metrics.put("classAccuracy", correct / (double) count);
    }
    double share = diversity.relativeTo(expected);
    if (!Double.isNaN(share)) {
      metrics.put("diversity", share);
    }
    metrics.putAll(distance.metrics());
    return metrics;
  }
}
