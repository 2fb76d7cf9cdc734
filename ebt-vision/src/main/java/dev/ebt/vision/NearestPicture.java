package dev.ebt.vision;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.tensor.Array;

/**
 * Which of some known pictures a picture is nearest to: whether it looks like any, and of what kind
 * it is by its looks.
 */
public final class NearestPicture {
  private static final double HALF_RANGE = 127.5;

  private final float[] values;
  private final long[] kinds;
  private final int size;

  /**
   * Knows the first of some pictures.
   *
   * @param examples rows of {@link ImageGeneration}
   * @param limit so many at most
   */
  public NearestPicture(Examples examples, int limit) {
    int count = Math.min(limit, examples.size());
    this.kinds = new long[count];
    float[] all = {};
    for (int i = 0; i < count; i++) {
      Batch row = examples.batch(i);
      float[] picture = row.target().floats();
      if (i == 0) {
        all = new float[count * picture.length];
      }
      System.arraycopy(picture, 0, all, i * picture.length, picture.length);
      Array kind = row.context().get(ImageGeneration.KIND);
      kinds[i] = kind == null ? 0 : (long) kind.item();
    }
    this.values = all;
    this.size = all.length / Math.max(1, count);
  }

  /**
   * A known picture.
   *
   * @param error mean squared difference from it, of values from 0 to 255
   * @param kind what it shows
   */
  public record Found(double error, long kind) {}

  /** The nearest one to a picture, whose values are kept from −1 to 1. */
  public Found to(Array picture) {
    double least = Double.POSITIVE_INFINITY;
    long kind = -1;
    for (int i = 0; i < kinds.length; i++) {
      double sum = 0;
      for (int j = 0; j < size && sum < least; j++) {
        double value = Math.max(-1, Math.min(1, picture.real(j)));
        sum += Math.pow(value - values[i * size + j], 2);
      }
      if (sum < least) {
        least = sum;
        kind = kinds[i];
      }
    }
    return new Found(least / size * HALF_RANGE * HALF_RANGE, kind);
  }
}
