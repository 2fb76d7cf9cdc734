package dev.ebt.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.testing.SelectionContract;
import dev.ebt.think.Thinker;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** In a quadratic valley: E = ½y², whose gradient is y, and a step of size ½ halves y. */
class SelectionsTest {
  private static final Shape ONE_ROW = Shape.of(1, 2, 1);

  /** Returns the scores of the candidates after steps from 4 and −1. */
  private static double[] scores(Selection selection, int steps) {
    ThinkingMethod thinking =
        new ThinkingMethod(1, 0.5, false, null, null, null).selectedBy(selection);
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Parameters parameters = new Parameters();
      ThinkingStep.stepSize(thinking, parameters);
      parameters.weight("curvature", Shape.scalar(), Initializer.constant(1));
      TrainingStepper.initialize(backend, parameters.specs(), 0);
      try (Thinker thinker =
          new Thinker(
              backend,
              new PointModality(Shape.of(2), 1),
              new QuadraticEnergy(1, 1),
              thinking,
              List.of(),
              1)) {
        thinker.observe(Map.of(PointModality.CENTRE, Array.filled(ONE_ROW, 0)));
        thinker.begin(Array.of(ONE_ROW, 4.0, -1.0));
        thinker.reach(steps, 0);
        return thinker.selectionScores().doubles();
      }
    }
  }

  @Test
  void lowestEnergyScoresByTheFinalEnergy() {
    assertThat(scores(new LowestEnergy(), 2)).containsExactly(0.5, 0.03125);
  }

  @Test
  void largestFallScoresByTheChangeSinceTheStart() {
    assertThat(scores(new LargestFall(), 2)).containsExactly(0.5 - 8, 0.03125 - 0.5);
  }

  @Test
  void smallestResidualScoresByTheLengthOfTheNextStep() {
    assertThat(scores(new SmallestResidual(), 2)).containsExactly(0.5, 0.125);
  }

  @Test
  void softminSamplesInProportion() {
    SoftminContract softmin = new SoftminContract();
    int count = 4000;
    double[] low = new double[count];
    double[] high = new double[count];
    java.util.Arrays.fill(high, 2 * Math.log(3)); // At temperature 2 one in four.
    double[] one = softmin.scores(low, 1).doubles();
    double[] other = softmin.scores(high, 2).doubles();
    int chosen = 0;
    for (int i = 0; i < count; i++) {
      chosen += other[i] < one[i] ? 1 : 0;
    }
    assertThat(chosen / (double) count).isCloseTo(0.25, within(0.02));
  }

  @Test
  void softminWithAnotherSeedSamplesOthers() {
    double[] energies = {1, 2, 3, 4};
    assertThat(new SoftminContract().scores(energies, 1))
        .isNotEqualTo(new OtherSeed().scores(energies, 1));
  }

  @Test
  void invalidSettingsAreNamed() {
    assertThatThrownBy(() -> new SoftminSampling(0.0, null))
        .hasMessage("temperature is 0.0; a positive number expected");
    assertThatThrownBy(() -> new SoftminSampling(null, -1L))
        .hasMessageStartingWith("seed is -1; 0 to");
  }

  static class OtherSeed extends SelectionContract {
    @Override
    protected Selection selection() {
      return new SoftminSampling(2.0, 1L);
    }
  }

  @Nested
  class LowestEnergyContract extends SelectionContract {
    @Override
    protected Selection selection() {
      return new LowestEnergy();
    }
  }

  @Nested
  class LargestFallContract extends SelectionContract {
    @Override
    protected Selection selection() {
      return new LargestFall();
    }
  }

  @Nested
  class SmallestResidualContract extends SelectionContract {
    @Override
    protected Selection selection() {
      return new SmallestResidual();
    }
  }

  @Nested
  class SoftminContract extends SelectionContract {
    @Override
    protected Selection selection() {
      return new SoftminSampling(2.0, 0L);
    }
  }
}
