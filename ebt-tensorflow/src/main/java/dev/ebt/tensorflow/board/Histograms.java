package dev.ebt.tensorflow.board;

import java.util.Arrays;
import org.tensorflow.proto.HistogramProto;

/**
 * Histograms with the buckets of TensorFlow's own: limits grow by a tenth from 1e-12, below and
 * above 0. Only buckets between the first and the last one with values are kept; values that are
 * not finite are left out.
 */
final class Histograms {
  private static final double SMALLEST = 1e-12;
  private static final double LARGEST = 1e20;
  private static final double GROWTH = 1.1;
  private static final double[] LIMITS = limits();

  private Histograms() {}

  /** Returns the upper limits of the buckets, increasing. */
  private static double[] limits() {
    double[] positive = new double[800];
    int count = 0;
    for (double limit = SMALLEST; limit < LARGEST; limit *= GROWTH) {
      positive[count++] = limit;
    }
    positive[count++] = Double.MAX_VALUE;
    double[] limits = new double[2 * count + 1];
    for (int i = 0; i < count; i++) {
      limits[count - 1 - i] = -positive[i];
      limits[count + 1 + i] = positive[i];
    }
    return limits;
  }

  /** Returns the histogram of some values. */
  static HistogramProto of(double[] values) {
    double[] counts = new double[LIMITS.length];
    HistogramProto.Builder histogram = HistogramProto.newBuilder();
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    for (double value : finite) {
      counts[bucket(value)]++;
    }
    histogram
        .setNum(finite.length)
        .setMin(Arrays.stream(finite).min().orElse(0))
        .setMax(Arrays.stream(finite).max().orElse(0))
        .setSum(Arrays.stream(finite).sum())
        .setSumSquares(Arrays.stream(finite).map(value -> value * value).sum());
    int first = 0;
    while (first < counts.length - 1 && counts[first] == 0) {
      first++;
    }
    int last = counts.length - 1;
    while (last > first && counts[last] == 0) {
      last--;
    }
    for (int i = Math.max(0, first - 1); i <= last; i++) {
      histogram.addBucketLimit(LIMITS[i]).addBucket(counts[i]);
    }
    return histogram.build();
  }

  /** Returns the bucket of a value: the first one whose limit is above it, or the last one. */
  private static int bucket(double value) {
    int found = Arrays.binarySearch(LIMITS, value);
    int above = found >= 0 ? found + 1 : -found - 1;
    return Math.min(above, LIMITS.length - 1);
  }
}
