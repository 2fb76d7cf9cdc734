package dev.ebt.vision.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.modality.Batch;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.Image;
import dev.ebt.vision.image.ImageSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenerationMetricsTest {
  private static final int SIDE = 8;

  /** Two labels: dark ones, 0 and 51, and bright ones, 204 and 255. */
  private static final ReferenceImages REAL =
      new ReferenceImages(
          ImageSource.of(
              List.of(grey(0, 0), grey(51, 0), grey(204, 1), grey(255, 1)),
              List.of("dark", "bright")),
          1,
          SIDE);

  private static Image grey(int value, int label) {
    byte[] planes = new byte[SIDE * SIDE];
    java.util.Arrays.fill(planes, (byte) value);
    return new Image(planes, label);
  }

  private static Batch asked(long... labels) {
    Array label = Array.of(Shape.of(labels.length), labels);
    Array target = Array.filled(Shape.of(labels.length, 1, SIDE, SIDE), 0);
    return new Batch(Map.of("label", label), target, Array.filled(Shape.of(labels.length), 1));
  }

  /** Images of one value each, 0 to 255. */
  private static Array made(double... values) {
    float[] all = new float[values.length * SIDE * SIDE];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) (values[i / SIDE / SIDE] / 127.5 - 1);
    }
    return Array.of(Shape.of(values.length, 1, SIDE, SIDE), all);
  }

  private static Map<String, Double> metrics(Batch batch, Array made, int rows) {
    GenerationMetrics set = new GenerationMetrics(REAL, "label", true);
    set.add(batch, made, rows);
    return set.metrics();
  }

  @Test
  void realImagesAreAsGoodAsCanBe() {
    Map<String, Double> found = metrics(asked(0, 0, 1, 1), made(0, 51, 204, 255), 4);
    assertThat(found.keySet()).containsExactly("nearest", "classAccuracy", "diversity", "frechet");
    assertThat(found.get("nearest")).isCloseTo(0, within(1e-4));
    assertThat(found.get("classAccuracy")).isEqualTo(1);
    assertThat(found.get("diversity")).isCloseTo(1, within(1e-6));
    assertThat(found.get("frechet")).isCloseTo(0, within(1e-6));
  }

  @Test
  void nearestRealImageIsFoundAndItsKind() {
    Map<String, Double> found = metrics(asked(0, 1, 1), made(54, 200, 20), 3);
    // 54 is 3 from 51, 200 is 4 from 204, 20 is 20 from 0, which is of the other class.
    assertThat(found.get("nearest")).isCloseTo((9 + 16 + 400) / 3.0, within(1e-2));
    assertThat(found.get("classAccuracy")).isCloseTo(2 / 3.0, within(1e-9));
  }

  @Test
  void valuesAreKeptWithinTheirRange() {
    assertThat(metrics(asked(0, 1), made(-300, 900), 2).get("nearest")).isCloseTo(0, within(1e-4));
  }

  @Test
  void oneImageAgainAndAgainHasNoVariety() {
    Map<String, Double> found = metrics(asked(0, 0, 1, 1), made(25, 25, 230, 230), 4);
    assertThat(found.get("diversity")).isCloseTo(0, within(1e-6));
    assertThat(found.get("frechet")).isPositive();
  }

  @Test
  void rowsThatFillABatchUpDoNotCount() {
    Map<String, Double> found = metrics(asked(0, 1), made(0, 0), 1);
    assertThat(found.get("classAccuracy")).isEqualTo(1);
    assertThat(found).doesNotContainKey("diversity");
  }

  @Test
  void whereNoKindIsAskedForAllAreOne() {
    GenerationMetrics set = new GenerationMetrics(REAL, "label", false);
    assertThat(set.metrics()).isEmpty();
    Array images = made(0, 51, 204, 255);
    set.add(new Batch(Map.of(), images, Array.filled(Shape.of(4), 1)), images, 4);
    assertThat(set.metrics()).doesNotContainKey("classAccuracy");
    assertThat(set.metrics().get("diversity")).isCloseTo(1, within(1e-6));
  }
}
