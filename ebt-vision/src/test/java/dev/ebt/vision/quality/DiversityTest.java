package dev.ebt.vision.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DiversityTest {
  private static Diversity of(float... images) {
    Diversity diversity = new Diversity();
    for (int i = 0; i < images.length; i++) {
      diversity.add(i % 2, new float[] {images[i], 1});
    }
    return diversity;
  }

  @Test
  void isTheShareOfTheDistanceOfTwoOfAKind() {
    Diversity real = of(0, 5, 1, 7, 2, 9); // 0 1 2 of one label, 5 7 9 of the other
    assertThat(real.relativeTo(real)).isCloseTo(1, within(1e-12));
    Diversity half = of(0, 5, 0.5f, 6, 1, 7);
    assertThat(half.relativeTo(real)).isCloseTo(0.5, within(1e-6));
    assertThat(of(3, 8, 3, 8, 3, 8).relativeTo(real)).isCloseTo(0, within(1e-12));
  }

  @Test
  void doesNotGrowWithTheNumberOfImages() {
    Diversity few = of(0, 5, 2, 9);
    Diversity many = of(0, 5, 2, 9, 0, 5, 2, 9);
    // Of the pairs of four images, two of six are of the same image.
    assertThat(many.relativeTo(few)).isCloseTo(Math.sqrt(4 / 6.0), within(1e-12));
  }

  @Test
  void kindsThatAreMissingDoNotCount() {
    Diversity real = of(0, 5, 1, 7, 2, 9);
    Diversity one = new Diversity();
    one.add(1, new float[] {5, 1});
    one.add(1, new float[] {9, 1});
    assertThat(one.relativeTo(real)).isCloseTo(Math.sqrt(8 / 4.0), within(1e-6));
  }

  @Test
  void twoOfAKindAreNeeded() {
    assertThat(of(1, 2).relativeTo(of(0, 5, 1, 7))).isNaN();
    assertThat(of(0, 5, 1, 7).relativeTo(of(1, 2))).isNaN();
    assertThat(new Diversity().relativeTo(of(1, 2))).isNaN();
  }
}
