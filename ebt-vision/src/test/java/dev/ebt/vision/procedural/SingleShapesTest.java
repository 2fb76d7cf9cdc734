package dev.ebt.vision.procedural;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.vision.image.ImageSource;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SingleShapesTest {
  private static final int SIDE = 32;

  private final ImageSource images = SingleShapes.training(40, 1, SIDE, 1);

  /** How much of the image is bright tells a disc from a square from a triangle. */
  @Test
  void imageShowsItsKind() {
    double[] bright = new double[4];
    int[] counts = new int[4];
    for (int i = 0; i < images.size(); i++) {
      for (byte value : images.planes(i)) {
        bright[images.label(i)] += (value & 0xFF) > 100 ? 1 : 0;
      }
      counts[images.label(i)]++;
    }
    for (int label = 0; label < 4; label++) {
      assertThat(counts[label]).isPositive();
      bright[label] /= counts[label];
    }
    assertThat(bright[0]).isGreaterThan(bright[1]).isGreaterThan(bright[2]);
    assertThat(bright[2]).isGreaterThan(bright[3]);
    assertThat(images.classes()).containsExactly("disc", "ring", "rectangle", "triangle");
  }

  @Test
  void imagesAreAFunctionOfSeedAndIndex() {
    assertThat(SingleShapes.training(40, 1, SIDE, 1).planes(5)).isEqualTo(images.planes(5));
    assertThat(SingleShapes.training(40, 1, SIDE, 2).planes(5)).isNotEqualTo(images.planes(5));
    Set<Integer> seen = new HashSet<>();
    ImageSource others = SingleShapes.validation(40, 1, SIDE, 1);
    for (int i = 0; i < 40; i++) {
      seen.add(java.util.Arrays.hashCode(images.planes(i)));
      seen.add(java.util.Arrays.hashCode(others.planes(i)));
    }
    assertThat(seen).hasSize(80);
  }
}
