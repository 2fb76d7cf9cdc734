package dev.ebt.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.RegularizedThinking;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a thinker tells the regularizers that take part in evaluation. */
class ThinkerRegularizersTest {
  /** Of any other step than the first, twice the step that the energy asks for. */
  private record DoubledLater() implements Regularizer {
    @Override
    public boolean inEvaluation() {
      return true;
    }

    @Override
    public Tensor gradient(Tensor gradient, Tensor stepSize, HookContext site) {
      return site.step() == 0 ? gradient : gradient.times(2);
    }
  }

  /** Draws step sizes up to α. */
  private record Drawn() implements Regularizer {
    @Override
    public boolean inEvaluation() {
      return true;
    }

    @Override
    public Tensor stepSize(Tensor stepSize, HookContext site) {
      return site.uniform(site.predictions()).times(stepSize);
    }
  }

  @Test
  void firstStepIsToldFromLaterOnes() {
    RegularizedThinking thinking = thinking(new DoubledLater());
    Array start = Array.filled(thinking.candidates(2), 1);
    double[] factors = {0.75, 0.75 * 0.5, 0.75 * 0.5 * 0.5};
    for (int steps = 1; steps <= 3; steps++) {
      double expected = factors[steps - 1];
      assertThat(Arrays.stream(thinking.evaluating(start, steps).doubles()))
          .as("%d steps", steps)
          .allMatch(y -> Math.abs(y - expected) < 1e-12);
    }
  }

  @Test
  void stepSizesAreDrawnOncePerThinking() {
    RegularizedThinking thinking = thinking(new Drawn());
    Array start = Array.filled(thinking.candidates(2), 1);
    double[] one = thinking.evaluating(start, 1).doubles();
    double[] cubes = Arrays.stream(one).map(y -> y * y * y).toArray();
    assertThat(thinking.evaluating(start, 3).doubles()).containsExactly(cubes, within(1e-12));
    assertThat(Arrays.stream(one).distinct().count()).isEqualTo(6);
  }

  private static RegularizedThinking thinking(Regularizer regularizer) {
    return new RegularizedThinking(Shape.of(3), 1, 1, 0.25, List.of(regularizer));
  }
}
