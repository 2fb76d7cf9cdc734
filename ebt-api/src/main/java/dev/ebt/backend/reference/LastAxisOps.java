package dev.ebt.backend.reference;

/** Operations on each row along the last axis. */
final class LastAxisOps {
  private LastAxisOps() {}

  /** Returns the index of the largest element of each row, the first among equals. */
  static long[] argMax(Value value) {
    double[] x = value.reals();
    int size = value.shape().size(-1);
    long[] places = new long[x.length / Math.max(1, size)];
    for (int row = 0; row < places.length; row++) {
      int best = 0;
      for (int i = 1; i < size; i++) {
        if (x[row * size + i] > x[row * size + best]) {
          best = i;
        }
      }
      places[row] = best;
    }
    return places;
  }

  /**
   * Computes xᵢ − m − log Σⱼ e^(xⱼ − m), with m the largest x of the row, which avoids overflow.
   */
  static double[] logSoftmax(Value value) {
    double[] x = value.reals();
    double[] y = new double[x.length];
    int size = Math.max(1, value.shape().size(-1));
    for (int start = 0; start < x.length; start += size) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = start; i < start + size; i++) {
        largest = Math.max(largest, x[i]);
      }
      double sum = 0;
      for (int i = start; i < start + size; i++) {
        sum += Math.exp(x[i] - largest);
      }
      double logarithm = Math.log(sum);
      for (int i = start; i < start + size; i++) {
        y[i] = x[i] - largest - logarithm;
      }
    }
    return y;
  }
}
