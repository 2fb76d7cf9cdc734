package dev.ebt.bench.page;

import dev.ebt.report.Series;
import java.util.stream.IntStream;

/**
 * A selection of the points of a long line that looks the same: of each stretch the first, the
 * lowest, the highest and the last point, so that no spike is lost.
 */
final class Thinning {
  /** The most points of a line. */
  static final int MOST = 1000;

  private static final int EACH = 5;

  private Thinning() {}

  /** Returns a series of at most {@link #MOST} points. */
  static Series of(Series series) {
    if (series.size() <= MOST) {
      return series;
    }
    int stretches = MOST / EACH;
    int[] points =
        IntStream.range(0, stretches)
            .flatMap(
                i ->
                    extremes(
                        series,
                        (int) ((long) i * series.size() / stretches),
                        (int) ((i + 1L) * series.size() / stretches)))
            .toArray();
    return series.at(points);
  }

  /** Returns the indices to keep of a stretch, in order and without repetitions. */
  private static IntStream extremes(Series series, int from, int to) {
    int low = from;
    int high = from;
    int gap = -1;
    for (int i = from; i < to; i++) {
      if (!series.isFinite(i)) {
        gap = i;
      } else {
        low = !series.isFinite(low) || series.y()[i] < series.y()[low] ? i : low;
        high = !series.isFinite(high) || series.y()[i] > series.y()[high] ? i : high;
      }
    }
    return IntStream.of(from, low, high, gap < 0 ? from : gap, to - 1).sorted().distinct();
  }
}
