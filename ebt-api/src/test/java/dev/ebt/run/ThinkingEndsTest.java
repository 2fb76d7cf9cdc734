package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyModel;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.testing.TwoValleys;
import dev.ebt.think.Thinker;
import dev.ebt.think.ThinkingParameterSpecs;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ThinkingEndsTest {
  private static final int STEPS = 80;

  private static <T> T at(
      EnergyModel model, double tilt, double[] starts, Function<Thinker, T> question) {
    PointModality points = new PointModality(Shape.scalar(), 1);
    ThinkingMethod thinking =
        ThinkingMethod.of(ThinkingHyperparameters.builder().landscapes(1).stepSize(0.05).build());
    Shape shape = Shape.of(starts.length, 1);
    try (ReferenceBackend backend = new ReferenceBackend()) {
      TrainingStepper.initialize(
          backend, ThinkingParameterSpecs.of(points, model, thinking, List.of()), 3);
      try (Thinker thinker =
          new Thinker(backend, points, model, thinking, List.of(), starts.length)) {
        thinker.observe(Map.of(PointModality.CENTRE, Array.filled(shape, tilt)));
        thinker.begin(Array.of(shape, starts));
        return question.apply(thinker);
      }
    }
  }

  private static boolean[] chords(Thinker thinker) {
    return ThinkingEnds.of(thinker, STEPS).convexChords(thinker);
  }

  private static double[] radii(Thinker thinker) {
    return ThinkingEnds.of(thinker, STEPS).radii(thinker, STEPS, new SplittableRandom(5));
  }

  @Test
  void aBowlIsConvexAndThinkingReturnsFromEverywhere() {
    EnergyModel bowl = new QuadraticEnergy(1, 2);
    double[] starts = {-3, 0.5, 8};

    assertThat(at(bowl, 0.25, starts, ThinkingEndsTest::chords)).containsOnly(true);
    assertThat(at(bowl, 0.25, starts, ThinkingEndsTest::radii)).containsOnly(4);
  }

  /** (y² − 1)² is curved upwards where |y| is above 0.58 only. */
  @Test
  void aChordFromTheHillBetweenTwoValleysIsNotConvex() {
    assertThat(at(new TwoValleys(), 0, new double[] {-0.2, -0.7}, ThinkingEndsTest::chords))
        .containsExactly(false, true);
  }

  /** From −1 thinking returns over 0.8; twice as far it ends, or jumps, in the other valley. */
  @Test
  void aBasinEndsAtTheHill() {
    double[] starts = {-0.2, -0.2, -0.2, -0.2, -0.2, -0.2, -0.2, -0.2};

    assertThat(at(new TwoValleys(), 0.1, starts, ThinkingEndsTest::radii)).containsOnly(1);
  }

  @Test
  void thinkingThatDoesNotFallHasNoBasin() {
    EnergyModel hill = new QuadraticEnergy(1, -1);

    assertThat(at(hill, 0, new double[] {0}, ThinkingEndsTest::radii)).containsExactly(0);
  }
}
