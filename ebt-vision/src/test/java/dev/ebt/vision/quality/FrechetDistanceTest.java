package dev.ebt.vision.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.tensor.Philox;
import dev.ebt.vision.image.Image;
import dev.ebt.vision.image.ImageSource;
import dev.ebt.vision.procedural.ShapesOnBackgrounds;
import dev.ebt.vision.procedural.SingleShapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrechetDistanceTest {
  private static final int SIDE = 16;
  private static final int COUNT = 300;

  private static FrechetDistance.Moments moments(double[]... rows) {
    FrechetDistance.Moments moments = new FrechetDistance.Moments(rows[0].length);
    for (double[] row : rows) {
      moments.add(row);
    }
    return moments;
  }

  /** (μ₁ − μ₂)² + (σ₁ − σ₂)² of one number; variances without bias. */
  @Test
  void ofOneNumberIsThatOfMeansAndDeviations() {
    FrechetDistance.Moments a = moments(new double[] {1}, new double[] {3}); // 2 ± √2
    FrechetDistance.Moments b = moments(new double[] {5}, new double[] {11}); // 8 ± √18
    double expected = 36 + Math.pow(Math.sqrt(18) - Math.sqrt(2), 2);
    assertThat(FrechetDistance.between(a, b)).isCloseTo(expected, within(1e-9));
    assertThat(FrechetDistance.between(b, a)).isCloseTo(expected, within(1e-9));
  }

  /** C₁ and C₂ that do not commute: tr √(C₁C₂) of 2×2 is √(tr C₁C₂ + 2 √det C₁C₂). */
  @Test
  void ofTwoNumbersIsTheClosedForm() {
    FrechetDistance.Moments a =
        moments(new double[] {0, 0}, new double[] {2, 1}, new double[] {1, 3});
    FrechetDistance.Moments b =
        moments(new double[] {1, 1}, new double[] {4, -1}, new double[] {0, 5});
    double[] first = {1, 0.5, 2.3333333333333335}; // xx, xy, yy
    double[] second = {4.333333333333333, -5.666666666666667, 9.333333333333334};
    double trace = first[0] * second[0] + 2 * first[1] * second[1] + first[2] * second[2];
    double determinant =
        (first[0] * first[2] - first[1] * first[1])
            * (second[0] * second[2] - second[1] * second[1]);
    double shared = Math.sqrt(trace + 2 * Math.sqrt(determinant));
    double means = Math.pow(1 - 5 / 3.0, 2) + Math.pow(4 / 3.0 - 5 / 3.0, 2);
    double expected = means + first[0] + first[2] + second[0] + second[2] - 2 * shared;
    assertThat(FrechetDistance.between(a, b)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void ofFewerRowsThanNumbersIsDefined() {
    double[][] rows = new double[3][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Philox.normal(1, i, 20);
    }
    assertThat(FrechetDistance.between(moments(rows), moments(rows))).isCloseTo(0, within(1e-6));
    assertThat(FrechetDistance.between(moments(rows[0]), moments(rows))).isPositive();
    assertThat(FrechetDistance.between(moments(rows[0]), moments(rows[0]))).isZero();
  }

  private static Stream<ImageSource> real() {
    return Stream.of(
        SingleShapes.training(2 * COUNT, 1, SIDE, 1),
        ShapesOnBackgrounds.training(2 * COUNT, 3, SIDE, 1));
  }

  /** Of others from the first half. */
  private static double distance(ImageSource images, List<float[]> others) {
    ReferenceImages real = new ReferenceImages(firstHalf(images), channels(images), SIDE);
    FrechetImageDistance distance = new FrechetImageDistance(real);
    others.forEach(distance::add);
    return distance.metrics().get("frechet");
  }

  private static ImageSource firstHalf(ImageSource images) {
    return ImageSource.of(
        IntStream.range(0, COUNT)
            .mapToObj(i -> new Image(images.planes(i), images.label(i)))
            .toList(),
        images.classes());
  }

  private static int channels(ImageSource images) {
    return images.planes(0).length / SIDE / SIDE;
  }

  private static double changed(ImageSource images, UnaryOperator<float[]> change) {
    return distance(images, secondHalf(images).stream().map(change).toList());
  }

  private static List<float[]> secondHalf(ImageSource images) {
    return IntStream.range(COUNT, 2 * COUNT)
        .mapToObj(i -> ReferenceImages.values(images.planes(i)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("real")
  void growsWithNoise(ImageSource images) {
    double floor = changed(images, x -> x);
    List<Double> found = new ArrayList<>(List.of(floor));
    for (double level : List.of(0.05, 0.1, 0.2, 0.4, 0.8)) {
      RandomGenerator random = Philox.generator(7, 0);
      found.add(changed(images, x -> noisy(x, level, random)));
    }
    assertThat(found).isSorted().doesNotHaveDuplicates();
    assertThat(found.get(3)).as("noise of 0.2").isGreaterThan(2 * floor);
  }

  private static float[] noisy(float[] image, double level, RandomGenerator random) {
    float[] noisy = image.clone();
    for (int i = 0; i < noisy.length; i++) {
      noisy[i] += (float) (level * random.nextGaussian());
    }
    return noisy;
  }

  @ParameterizedTest
  @MethodSource("real")
  void growsWithBlur(ImageSource images) {
    double floor = changed(images, x -> x);
    List<Double> found = new ArrayList<>(List.of(floor));
    for (int times : List.of(1, 3, 9, 27)) {
      found.add(changed(images, x -> blurred(x, times)));
    }
    assertThat(found).isSorted().doesNotHaveDuplicates();
    assertThat(found.get(1)).as("blurred once").isGreaterThan(2 * floor);
  }

  /** Each pixel the mean of those around it, so many times. */
  private static float[] blurred(float[] image, int times) {
    float[] x = image;
    for (int t = 0; t < times; t++) {
      float[] next = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        int plane = i / (SIDE * SIDE) * SIDE * SIDE;
        for (int d = 0; d < 9; d++) {
          int row = Math.min(SIDE - 1, Math.max(0, (i - plane) / SIDE + d / 3 - 1));
          int column = Math.min(SIDE - 1, Math.max(0, i % SIDE + d % 3 - 1));
          next[i] += x[plane + row * SIDE + column] / 9;
        }
      }
      x = next;
    }
    return x;
  }

  @ParameterizedTest
  @MethodSource("real")
  void growsWithEveryKindThatIsMissing(ImageSource images) {
    List<Double> found = new ArrayList<>();
    List<float[]> all = secondHalf(images);
    for (int classes = images.classes().size(); classes >= 1; classes--) {
      int present = classes;
      List<float[]> left =
          IntStream.range(0, COUNT)
              .filter(i -> images.label(COUNT + i) < present)
              .mapToObj(all::get)
              .toList();
      found.add(distance(images, left));
    }
    float[] mean = new float[all.get(0).length];
    all.forEach(
        image -> {
          for (int i = 0; i < mean.length; i++) {
            mean[i] += image[i] / all.size();
          }
        });
    found.add(distance(images, Collections.nCopies(COUNT, mean)));
    assertThat(found).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void networkIsTheSameWhereverImagesHaveTheSameSize() {
    float[] image = ReferenceImages.values(SingleShapes.training(1, 1, 28, 1).planes(0));
    double[] features = new RandomFeatures(1, 28).of(image);
    assertThat(features).hasSize(32).isEqualTo(new RandomFeatures(1, 28).of(image));
    // A change of the network makes all figures of old incomparable.
    assertThat(Arrays.stream(features).sum()).isCloseTo(5.283727511334297, within(1e-9));
    assertThat(new RandomFeatures(3, 9).size()).isEqualTo(24);
  }

  @Test
  void imagesAreMeasuredInDeviationsOfRealOnes() {
    ImageSource images = SingleShapes.training(COUNT, 1, SIDE, 1);
    ReferenceImages real = new ReferenceImages(images, 1, SIDE);
    FrechetDistance.Moments same = new FrechetDistance.Moments(real.moments().size());
    for (int i = 0; i < COUNT; i++) {
      same.add(real.features(ReferenceImages.values(images.planes(i))));
    }
    assertThat(FrechetDistance.between(same, real.moments())).isCloseTo(0, within(1e-6));
    // Of 32 numbers of deviation 1: a mean that is one deviation off in each is 32 away.
    FrechetDistance.Moments moved = new FrechetDistance.Moments(real.moments().size());
    for (int i = 0; i < COUNT; i++) {
      double[] features = real.features(ReferenceImages.values(images.planes(i)));
      moved.add(Arrays.stream(features).map(f -> f + 1).toArray());
    }
    assertThat(FrechetDistance.between(moved, real.moments())).isCloseTo(32, within(1e-6));
  }
}
