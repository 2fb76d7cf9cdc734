package dev.ebt.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.error.UserException;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.RegularizedThinking;
import dev.ebt.testing.RegularizerContract;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RandomStepSizeTest extends RegularizerContract {
  private static final double ALPHA = 0.25;
  private static final RandomStepSize DEFAULT = new RandomStepSize(null);

  @Override
  protected List<RandomStepSize> regularizers() {
    return List.of(DEFAULT, new RandomStepSize(1.0), new RandomStepSize(3.0));
  }

  @Test
  void uniformBetweenTheBounds() {
    double[] sizes = sizes(thinking(DEFAULT), 200, 7);
    assertThat(Arrays.stream(sizes))
        .hasSize(20_000)
        .allMatch(a -> a >= ALPHA / 2 && a <= ALPHA * 2);
    assertThat(Arrays.stream(sizes).average().orElseThrow())
        .isCloseTo(1.25 * ALPHA, within(0.01 * ALPHA));
    assertThat(Arrays.stream(sizes).filter(a -> a < ALPHA).count() / 20_000.0)
        .as("linear, not logarithmic: a third is below α")
        .isCloseTo(1 / 3.0, within(0.01));
    assertThat(Arrays.stream(sizes).max().orElseThrow())
        .isCloseTo(2 * ALPHA, within(0.001 * ALPHA));
    assertThat(Arrays.stream(sizes).min().orElseThrow())
        .isCloseTo(ALPHA / 2, within(0.001 * ALPHA));
  }

  @Test
  void everyPredictionHasItsOwn() {
    double[] sizes = sizes(thinking(DEFAULT), 2, 7);
    assertThat(Arrays.stream(sizes).distinct().count()).isEqualTo(200);
  }

  @Test
  void sameInAllStepsAndCoordinates() {
    RegularizedThinking thinking = thinking(DEFAULT);
    Array start = Array.filled(thinking.candidates(2), 1);
    Map<String, Array> found = thinking.learning(start, List.of(0, 1, 1), 7);
    double[] first = found.get("candidate.0").doubles();
    double[] third = found.get("candidate.2").doubles();
    for (int i = 0; i < first.length; i += 2) {
      assertThat(first[i + 1]).isEqualTo(first[i]);
      assertThat(third[i]).isCloseTo(Math.pow(first[i], 3), within(1e-12));
    }
  }

  @Test
  void keysDraw() {
    assertThat(sizes(thinking(DEFAULT), 2, 7)).isEqualTo(sizes(thinking(DEFAULT), 2, 7));
    assertThat(sizes(thinking(DEFAULT), 2, 8)).isNotEqualTo(sizes(thinking(DEFAULT), 2, 7));
  }

  @Test
  void offInEvaluation() {
    Array start = Array.filled(thinking(DEFAULT).candidates(2), 1);
    assertThat(thinking(DEFAULT).evaluating(start, 3)).isEqualTo(thinking().evaluating(start, 3));
  }

  @Test
  void scaleOfOneChangesNothing() {
    assertThat(sizes(thinking(new RandomStepSize(1.0)), 2, 7)).containsOnly(ALPHA);
  }

  @Test
  void twoOfThemMultiply() {
    double[] sizes = sizes(thinking(DEFAULT, DEFAULT), 200, 7);
    assertThat(Arrays.stream(sizes).average().orElseThrow())
        .as("independent draws")
        .isCloseTo(1.25 * 1.25 * ALPHA, within(0.02 * ALPHA));
  }

  @Test
  void refusesBadSettings() {
    for (double bad : new double[] {0.5, 0, -2, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new RandomStepSize(bad))
          .isInstanceOf(UserException.class)
          .hasMessage("scale is " + bad + "; a finite number, 1 or more, expected");
    }
  }

  private static RegularizedThinking thinking(Regularizer... regularizers) {
    return new RegularizedThinking(Shape.of(100), 2, 1, ALPHA, List.of(regularizers));
  }

  /** From 1, one step on ½y² leads to 1 − α. */
  private static double[] sizes(RegularizedThinking thinking, int rows, long seed) {
    Array start = Array.filled(thinking.candidates(rows), 1);
    double[] y = thinking.learning(start, List.of(0), seed).get("candidate.0").doubles();
    double[] sizes = new double[y.length / 2];
    Arrays.setAll(sizes, i -> 1 - y[2 * i]);
    return sizes;
  }
}
