package dev.ebt.vision.probe;

import dev.ebt.vision.image.Image;
import dev.ebt.vision.image.ImageSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A sample of labelled pictures, spread evenly over all there are: the first labelled picture of
 * each of as many equal ranges as pictures are wanted.
 *
 * @param chosen the indices of the pictures
 * @param kinds their labels
 */
record ProbeSample(ImageSource pictures, List<Integer> chosen, int[] kinds) {

  /**
   * Returns a sample of at most {@code most} pictures. Labels of others are not read, as that may
   * require drawing the pictures.
   */
  static ProbeSample of(ImageSource pictures, int most) {
    List<Integer> chosen = new ArrayList<>();
    List<Integer> kinds = new ArrayList<>();
    int count = pictures.kinds().isEmpty() ? 0 : Math.min(most, pictures.size());
    for (int i = 0; i < count; i++) {
      int end = start(i + 1, count, pictures.size());
      int kind = Image.UNKNOWN;
      for (int at = start(i, count, pictures.size()); at < end && kind == Image.UNKNOWN; at++) {
        kind = pictures.kind(at);
        if (kind != Image.UNKNOWN) {
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
