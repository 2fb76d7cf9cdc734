package dev.ebt.vision.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.tensor.Philox;
import dev.ebt.vision.probe.LinearClassifier.Rows;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LinearClassifierTest {
  private static final int CLASSES = 3;

  @Test
  void tellsKindsThatLieApartWhateverTheirScale() {
    LinearClassifier classifier = LinearClassifier.fit(rows(300, 5, 6, 1), CLASSES);
    assertThat(classifier.accuracy(rows(200, 5, 6, 2))).isGreaterThan(0.98);
  }

  @Test
  void tellsNothingFromNumbersThatHaveNothingToDoWithIt() {
    LinearClassifier classifier = LinearClassifier.fit(rows(300, 5, 0, 1), CLASSES);
    assertThat(classifier.accuracy(rows(600, 5, 0, 2))).isBetween(0.2, 0.47);
  }

  @Test
  void isAsGoodAsItCanBeWhereKindsOverlap() {
    LinearClassifier classifier = LinearClassifier.fit(rows(2000, 1, 2, 1), 2);
    // Normal numbers two deviations apart: Φ(1) = 0.841 of them are on their side of the middle.
    assertThat(classifier.accuracy(of(4000, 1, 2, 2, 2))).isBetween(0.82, 0.86);
  }

  @Test
  void fewRowsOfManyNumbersAreFittedToTheSameWay() {
    LinearClassifier classifier = LinearClassifier.fit(rows(60, 200, 6, 1), CLASSES);
    assertThat(classifier.accuracy(rows(200, 200, 6, 2))).isGreaterThan(0.6);
  }

  @Test
  void numbersThatAreTheSameEverywhereDoNoHarm() {
    Rows training = rows(100, 4, 8, 1);
    Rows validation = rows(100, 4, 8, 2);
    for (double[] row : training.numbers()) {
      row[3] = 7;
    }
    for (double[] row : validation.numbers()) {
      row[3] = 8;
    }
    assertThat(LinearClassifier.fit(training, CLASSES).accuracy(validation)).isGreaterThan(0.95);
  }

  private static Rows rows(int count, int width, double apart, long seed) {
    return of(count, width, apart, width == 1 ? 2 : CLASSES, seed);
  }

  /** Normal numbers of deviation 1000; that of its kind is so many deviations higher. */
  private static Rows of(int count, int width, double apart, int classes, long seed) {
    RandomGenerator random = Philox.generator(seed, 0);
    double[][] numbers = new double[count][width];
    int[] shown = new int[count];
    for (int i = 0; i < count; i++) {
      shown[i] = random.nextInt(classes);
      for (int j = 0; j < width; j++) {
        numbers[i][j] = 1000 * (random.nextGaussian() + (j == shown[i] ? apart : 0));
      }
    }
    return new Rows(numbers, shown);
  }
}
