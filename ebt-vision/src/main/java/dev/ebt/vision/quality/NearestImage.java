package dev.ebt.vision.quality;

/**
 * The nearest of some real images to an image.
 *
 * @param index its index among them
 * @param error mean squared difference from it, of values from −1 to 1
 */
record NearestImage(int index, double error) {

  /** Returns the nearest real image to an image. */
  static NearestImage of(float[] image, ReferenceImages real) {
    double least = Double.POSITIVE_INFINITY;
    int nearest = -1;
    for (int i = 0; i < real.count(); i++) {
      double sum = distance(image, real.image(i), least);
      if (sum < least) {
        least = sum;
        nearest = i;
      }
    }
    return new NearestImage(nearest, least / image.length);
  }

  /** Returns the sum of squares, or a part of it that is no less than the least one so far. */
  private static double distance(float[] a, float[] b, double least) {
    double sum = 0;
    for (int i = 0; i < a.length && sum < least; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }
}
