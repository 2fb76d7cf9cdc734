package dev.ebt.vision.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.vision.image.Image;
import dev.ebt.vision.image.ImageSource;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class ProbeSampleTest {
  /** Images that count how often they are asked what they show. */
  private static final class Asked implements ImageSource {
    private final int size;
    private final IntUnaryOperator classes;
    private int asked;

    Asked(int size, IntUnaryOperator classes) {
      this.size = size;
      this.classes = classes;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public byte[] planes(int index) {
      return new byte[] {(byte) index};
    }

    @Override
    public List<String> classes() {
      return List.of("even", "odd");
    }

    @Override
    public int label(int index) {
      asked++;
      return classes.applyAsInt(index);
    }
  }

  @Test
  void noMoreImagesAreAskedForTheirKindThanAreWanted() {
    Asked images = new Asked(1_000_000, i -> i % 2);
    ProbeSample sample = ProbeSample.of(images, 10);
    assertThat(sample.labels()).hasSize(10);
    assertThat(images.asked).isEqualTo(10);
    assertThat(sample.chosen())
        .containsExactly(
            0, 100_000, 200_000, 300_000, 400_000, 500_000, 600_000, 700_000, 800_000, 900_000);
  }

  @Test
  void thoseThatNobodySaidAnythingOfAreLeftOut() {
    ProbeSample sample = ProbeSample.of(new Asked(9, i -> i % 3 == 0 ? Image.UNKNOWN : 1), 3);
    assertThat(sample.chosen()).containsExactly(1, 4, 7);
    assertThat(sample.labels()).containsExactly(1, 1, 1);
    assertThat(ProbeSample.of(new Asked(9, i -> Image.UNKNOWN), 3).labels()).isEmpty();
  }

  @Test
  void fewImagesAreAllTaken() {
    assertThat(ProbeSample.of(new Asked(3, i -> i % 2), 1000).chosen()).containsExactly(0, 1, 2);
    assertThat(ProbeSample.of(ImageSource.of(List.of(), List.of()), 5).labels()).isEmpty();
  }

  @Test
  void withoutKindsThereIsNothingToAsk() {
    Image image = new Image(new byte[1], Image.UNKNOWN);
    assertThat(ProbeSample.of(ImageSource.of(List.of(image), List.of()), 5).labels()).isEmpty();
  }
}
