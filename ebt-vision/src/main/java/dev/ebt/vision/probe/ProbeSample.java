package dev.ebt.vision.probe;

import dev.ebt.vision.image.Image;
import dev.ebt.vision.image.ImageSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A sample of labelled images, spread evenly over all there are: the first labelled image of each
 * of as many equal ranges as images are wanted.
 *
 * @param chosen the indices of the images
 * @param kinds their labels
 */
record ProbeSample(ImageSource images, List<Integer> chosen, int[] kinds) {

  /**
   * Returns a sample of at most {@code most} images. Labels of others are not read, as that may
   * require drawing the images.
   */
  static ProbeSample of(ImageSource images, int most) {
    List<Integer> chosen = new ArrayList<>();
    List<Integer> kinds = new ArrayList<>();
    int count = images.kinds().isEmpty() ? 0 : Math.min(most, images.size());
    for (int i = 0; i < count; i++) {
      int end = start(i + 1, count, images.size());
      int kind = Image.UNKNOWN;
      for (int at = start(i, count, images.size()); at < end && kind == Image.UNKNOWN; at++) {
        kind = images.kind(at);
        if (kind != Image.UNKNOWN) {
          chosen.add(at);
          kinds.add(kind);
        }
      }
    }
    return new ProbeSample(images, chosen, kinds.stream().mapToInt(Integer::intValue).toArray());
  }

  private static int start(int stretch, int count, int size) {
    return (int) ((long) stretch * size / count);
  }

  LinearClassifier.Rows by(Representations representations) {
    return new LinearClassifier.Rows(representations.of(images, chosen), kinds);
  }

  LinearClassifier.Rows pixels() {
    double[][] values =
        chosen.stream().map(i -> Representations.pixels(images, i)).toArray(double[][]::new);
    return new LinearClassifier.Rows(values, kinds);
  }
}
