package dev.ebt.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.RegularizedThinking;
import dev.ebt.testing.RegularizerContract;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RandomStepCountTest extends RegularizerContract {
  private static final int DRAWS = 9000;

  @Override
  protected List<RandomStepCount> regularizers() {
    return List.of(
        new RandomStepCount(null, null, null),
        new RandomStepCount(2, 2, null),
        new RandomStepCount(3, 0, true),
        new RandomStepCount(0, 1, null));
  }

  @Test
  void twoOrThreeEquallyOften() {
    Map<Integer, Double> found = lengths(new RandomStepCount(2, 2, null), List.of(0));
    assertThat(found.keySet()).containsExactly(2, 3);
    assertThat(found.get(2)).isCloseTo(0.5, within(0.02));
  }

  @Test
  void sumsOfIndependentRepetitions() {
    Map<Integer, Double> found = lengths(new RandomStepCount(2, 0, null), List.of(0, 1));
    assertThat(found.keySet()).containsExactly(2, 3, 4, 5, 6);
    for (int total = 2; total <= 6; total++) {
      double expected = (3 - Math.abs(total - 4)) / 9.0;
      assertThat(found.get(total)).as("%d steps", total).isCloseTo(expected, within(0.02));
    }
  }

  @Test
  void finalOnlyRepeatsTheFinalStep() {
    RandomStepCount count = new RandomStepCount(1, 2, true);
    assertThat(count.stepPlan(List.of(0, 1, 2), new SplittableRandom(1)))
        .containsExactly(0, 1, 2, 2);
    assertThat(lengths(new RandomStepCount(2, 0, true), List.of(0, 1)).keySet())
        .containsExactly(2, 3, 4);
  }

  @Test
  void landscapesKeepTheirOrder() {
    RandomStepCount count = new RandomStepCount(2, 0, null);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      assertThat(count.stepPlan(List.of(0, 1, 2), random)).isSorted().contains(0, 1, 2);
    }
  }

  @Test
  void nothingExtraLeavesThePlan() {
    assertThat(new RandomStepCount(0, null, null).stepPlan(List.of(0, 1), new SplittableRandom(1)))
        .containsExactly(0, 1);
  }

  @Test
  void orderMatters() {
    RandomStepCount all = new RandomStepCount(1, 2, false);
    RandomStepCount last = new RandomStepCount(1, 2, true);
    SplittableRandom random = new SplittableRandom(1);
    assertThat(all.stepPlan(last.stepPlan(List.of(0, 1), random), random))
        .containsExactly(0, 0, 1, 1, 1, 1);
    assertThat(last.stepPlan(all.stepPlan(List.of(0, 1), random), random))
        .containsExactly(0, 0, 1, 1, 1);
  }

  @Test
  void offInEvaluation() {
    RegularizedThinking with =
        new RegularizedThinking(Shape.of(2), 2, 1, 0.5, List.of(new RandomStepCount(3, 3, null)));
    RegularizedThinking without = new RegularizedThinking(Shape.of(2), 2, 1, 0.5, List.of());
    Array start = Array.filled(with.candidates(2), 1);
    assertThat(with.evaluating(start, 3)).isEqualTo(without.evaluating(start, 3));
  }

  @Test
  void refusesBadSettings() {
    assertRefused(-1, 1, "extra is -1; a number from 0 to 1000 expected");
    assertRefused(Integer.MAX_VALUE, 1, "extra is 2147483647; a number from 0 to 1000 expected");
    assertRefused(2, -1, "minimum is -1; a number from 0 to extra + 1 = 3 expected");
    assertRefused(2, 4, "minimum is 4; a number from 0 to extra + 1 = 3 expected");
  }

  private static void assertRefused(int extra, int minimum, String message) {
    assertThatThrownBy(() -> new RandomStepCount(extra, minimum, null))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }

  /** How often plans have each length, as a fraction of all. */
  private static Map<Integer, Double> lengths(RandomStepCount count, List<Integer> plan) {
    SplittableRandom random = new SplittableRandom(3);
    Map<Integer, Double> found = new TreeMap<>();
    for (int i = 0; i < DRAWS; i++) {
      found.merge(count.stepPlan(plan, random).size(), 1.0 / DRAWS, Double::sum);
    }
    return found;
  }
}
