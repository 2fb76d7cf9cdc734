package dev.ebt.vision.procedural;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShapesOnBackgroundsTest {
  private static final int SIDE = 16;

  @Test
  void imageIsAFunctionOfSeedAndIndex() {
    ShapesOnBackgrounds some = ShapesOnBackgrounds.training(100, 3, SIDE, 1);
    ShapesOnBackgrounds more = ShapesOnBackgrounds.training(200, 3, SIDE, 1);
    more.planes(150);
    assertThat(more.planes(7)).isEqualTo(some.planes(7)).hasSize(3 * SIDE * SIDE);
    assertThat(ShapesOnBackgrounds.training(100, 3, SIDE, 2).planes(7))
        .isNotEqualTo(some.planes(7));
  }

  @Test
  void noImageIsBothLearntAndJudgedBy() {
    Set<String> seen = new HashSet<>();
    ShapesOnBackgrounds training = ShapesOnBackgrounds.training(400, 3, SIDE, 1);
    ShapesOnBackgrounds validation = ShapesOnBackgrounds.validation(400, 3, SIDE, 1);
    for (int i = 0; i < 400; i++) {
      seen.add(Arrays.toString(training.planes(i)));
    }
    assertThat(seen).hasSize(400);
    for (int i = 0; i < 400; i++) {
      assertThat(seen).doesNotContain(Arrays.toString(validation.planes(i)));
    }
  }

  @Test
  void imagesDifferWithinAndFillTheRange() {
    ShapesOnBackgrounds images = ShapesOnBackgrounds.training(200, 3, SIDE, 1);
    int varied = 0;
    int least = 255;
    int greatest = 0;
    for (int i = 0; i < images.size(); i++) {
      byte[] planes = images.planes(i);
      int darkest = 255;
      int lightest = 0;
      for (byte value : planes) {
        darkest = Math.min(darkest, value & 0xFF);
        lightest = Math.max(lightest, value & 0xFF);
      }
      varied += lightest - darkest > 30 ? 1 : 0;
      least = Math.min(least, darkest);
      greatest = Math.max(greatest, lightest);
    }
    assertThat(varied).isGreaterThan(150);
    assertThat(least).isLessThan(20);
    assertThat(greatest).isGreaterThan(235);
    assertThat(ShapesOnBackgrounds.training(1, 1, SIDE, 1).planes(0)).hasSize(SIDE * SIDE);
  }

  @Test
  void shapeOnTopIsTheKind() {
    ShapesOnBackgrounds images = ShapesOnBackgrounds.training(300, 1, SIDE, 1);
    assertThat(images.classes())
        .containsExactly("disc", "ring", "rectangle", "triangle", "nothing");
    Long[] counts = {0L, 0L, 0L, 0L, 0L};
    for (int i = 0; i < images.size(); i++) {
      counts[images.label(i)]++;
    }
    // A fifth of the images is without a shape; the others have each kind as often.
    assertThat(counts).allSatisfy(count -> assertThat(count).isBetween(40L, 80L));
  }
}
