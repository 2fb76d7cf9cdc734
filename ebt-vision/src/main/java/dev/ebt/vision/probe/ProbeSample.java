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
 * @param labels their labels
 */
record ProbeSample(ImageSource images, List<Integer> chosen, int[] labels) {

  /**
   * Returns a sample of at most {@code most} images. Labels of others are not read, as that may
   * require drawing the images.
   */
  static ProbeSample of(ImageSource images, int most) {
    List<Integer> chosen = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    int count = images.classes().isEmpty() ? 0 : Math.min(most, images.size());
    for (int i = 0; i < count; i++) {
      int end = start(i + 1, count, images.size());
      int label = Image.UNKNOWN;
      for (int at = start(i, count, images.size()); at < end && label == Image.UNKNOWN; at++) {
        label = images.label(at);
        if (label != Image.UNKNOWN) {
          chosen.add(at);
          labels.add(label);
        }
      }
    }
    return new ProbeSample(images, chosen, labels.stream().mapToInt(Integer::intValue).toArray());
  }

  private static int start(int stretch, int count, int size) {
    return (int) ((long) stretch * size / count);
  }

  LinearClassifier.Rows by(Representations representations) {
    return new LinearClassifier.Rows(representations.of(images, chosen), labels);
  }

  LinearClassifier.Rows pixels() {
    double[][] values =
        chosen.stream().map(i -> Representations.pixels(images, i)).toArray(double[][]::new);
    return new LinearClassifier.Rows(values, labels);
  }
}
