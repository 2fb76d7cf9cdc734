package dev.ebt.report.section;

import dev.ebt.modality.Batch;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.think.Thinker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The candidates of one prediction of an example along its thinking.
 *
 * @param prediction its index among those of the example
 * @param points its candidate before the first step and after each
 * @param last the final candidates of all predictions, [1, candidate...]
 */
record PredictionPath(int prediction, double[][] points, Array last) {
  /**
   * Returns the path of the first prediction, from the middle of an example on, that moves to
   * finite candidates; empty if there is none.
   *
   * @param example a batch of one row
   * @param steps of thinking, at least 1
   */
  static Optional<PredictionPath> of(RunParts parts, Batch example, int steps) {
    List<Array> candidates = candidates(parts, example, steps);
    int predictions = parts.modality().predictions().elements();
    return IntStream.range(0, predictions)
        .map(i -> (predictions / 2 + i) % predictions)
        .mapToObj(prediction -> of(candidates, prediction, predictions))
        .filter(PredictionPath::moves)
        .findFirst();
  }

  /** Returns the path of a prediction, whether or not it moves. */
  static PredictionPath of(RunParts parts, Batch example, int steps, int prediction) {
    return of(
        candidates(parts, example, steps), prediction, parts.modality().predictions().elements());
  }

  private static List<Array> candidates(RunParts parts, Batch example, int steps) {
    List<Array> candidates = new ArrayList<>();
    try (Thinker thinker = parts.thinker(1)) {
      thinker.observe(example.context());
      thinker.begin(parts.configuration().seed());
      candidates.add(thinker.candidate());
      for (int i = 1; i <= steps; i++) {
        thinker.step(thinker.stepSizeScale(steps), 0);
        candidates.add(thinker.candidate());
      }
    }
    return candidates;
  }

  private static PredictionPath of(List<Array> candidates, int prediction, int predictions) {
    Array last = candidates.get(candidates.size() - 1);
    int elements = last.shape().elements() / predictions;
    double[][] points = new double[candidates.size()][elements];
    for (int i = 0; i < points.length; i++) {
      for (int k = 0; k < elements; k++) {
        points[i][k] = candidates.get(i).real(prediction * elements + k);
      }
    }
    return new PredictionPath(prediction, points, last);
  }

  /** Returns whether thinking moves the candidate, and to finite values only. */
  private boolean moves() {
    boolean finite =
        Arrays.stream(points).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
    return finite && !Arrays.equals(points[0], end());
  }

  /** Returns the final candidate. */
  double[] end() {
    return points[points.length - 1];
  }

  /** Returns the final candidates with others of this prediction, one per row. */
  Array rows(double[][] others) {
    int each = last.shape().elements();
    double[] all = new double[others.length * each];
    double[] rest = last.doubles();
    for (int i = 0; i < others.length; i++) {
      System.arraycopy(rest, 0, all, i * each, each);
      System.arraycopy(others[i], 0, all, i * each + prediction * end().length, end().length);
    }
    int[] shape = last.shape().toIntArray();
    shape[0] = others.length;
    return Array.of(Shape.of(shape), all);
  }
}
