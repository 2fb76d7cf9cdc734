package dev.ebt.vision.probe;

import dev.ebt.vision.picture.Picture;
import dev.ebt.vision.picture.Pictures;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures of known kinds, taken evenly from all there are: of as many equal stretches as pictures
 * are wanted, the first in each that somebody said something of.
 *
 * @param chosen their places among all
 * @param kinds what they show
 */
record ProbeSample(Pictures pictures, List<Integer> chosen, int[] kinds) {

  /** At most so many. Of others nobody is asked what they show, which may take drawing them. */
  static ProbeSample of(Pictures pictures, int most) {
    List<Integer> chosen = new ArrayList<>();
    List<Integer> kinds = new ArrayList<>();
    int count = pictures.kinds().isEmpty() ? 0 : Math.min(most, pictures.size());
    for (int i = 0; i < count; i++) {
      int end = start(i + 1, count, pictures.size());
      int kind = Picture.UNKNOWN;
      for (int at = start(i, count, pictures.size()); at < end && kind == Picture.UNKNOWN; at++) {
        kind = pictures.kind(at);
        if (kind != Picture.UNKNOWN) {
          chosen.add(at);
          kinds.add(kind);
        }
      }
    }
    return new ProbeSample(pictures, chosen, kinds.stream().mapToInt(Integer::intValue).toArray());
  }

  private static int start(int stretch, int count, int size) {
    return (int) ((long) stretch * size / count);
  }

  LinearClassifier.Rows by(Representations representations) {
    return new LinearClassifier.Rows(representations.of(pictures, chosen), kinds);
  }

  LinearClassifier.Rows pixels() {
    double[][] values =
        chosen.stream().map(i -> Representations.pixels(pictures, i)).toArray(double[][]::new);
    return new LinearClassifier.Rows(values, kinds);
  }
}
