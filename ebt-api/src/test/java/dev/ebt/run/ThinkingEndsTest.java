package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyModel;
import dev.ebt.modality.Modality;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.CellsModality;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.testing.TestArrays;
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
      EnergyModel model, double tilt, double[] starts, Function<Session, T> question) {
    Array start = Array.of(Shape.of(starts.length, 1), starts);
    Map<String, Array> context = Map.of(PointModality.CENTRE, Array.filled(start.shape(), tilt));
    return at(new PointModality(Shape.scalar(), 1), model, context, start, 0.05, question);
  }

  private static <T> T at(
      Modality modality,
      EnergyModel model,
      Map<String, Array> context,
      Array start,
      double stepSize,
      Function<Session, T> question) {
    int rows = start.shape().size(0);
    ThinkingMethod thinking =
        ThinkingMethod.of(
            ThinkingHyperparameters.builder().landscapes(1).stepSize(stepSize).build());
    try (ReferenceBackend backend = new ReferenceBackend()) {
      TrainingStepper.initialize(
          backend, ThinkingParameterSpecs.of(modality, model, thinking, List.of()), 3);
      try (Thinker thinker = new Thinker(backend, modality, model, thinking, List.of(), rows);
          CandidateSpace space = new CandidateSpace(backend, modality, rows)) {
        thinker.observe(context);
        thinker.begin(start);
        return question.apply(new Session(thinker, space, context));
      }
    }
  }

  private record Session(Thinker thinker, CandidateSpace space, Map<String, Array> context) {
    boolean[] chords() {
      return ThinkingEnds.of(thinker, STEPS).convexChords(thinker);
    }

    double[] radii() {
      return ThinkingEnds.of(thinker, STEPS)
          .radii(thinker, space, context, STEPS, new SplittableRandom(5));
    }
  }

  @Test
  void aBowlIsConvexAndThinkingReturnsFromEverywhere() {
    EnergyModel bowl = new QuadraticEnergy(1, 2);
    double[] starts = {-3, 0.5, 8};

    assertThat(at(bowl, 0.25, starts, Session::chords)).containsOnly(true);
    assertThat(at(bowl, 0.25, starts, Session::radii)).containsOnly(4);
  }

  /** (y² − 1)² is curved upwards where |y| is above 0.58 only. */
  @Test
  void aChordFromTheHillBetweenTwoValleysIsNotConvex() {
    assertThat(at(new TwoValleys(), 0, new double[] {-0.2, -0.7}, Session::chords))
        .containsExactly(false, true);
  }

  /** From −1 thinking returns over 0.8; twice as far it ends, or jumps, in the other valley. */
  @Test
  void aBasinEndsAtTheHill() {
    double[] starts = {-0.2, -0.2, -0.2, -0.2, -0.2, -0.2, -0.2, -0.2};

    assertThat(at(new TwoValleys(), 0.1, starts, Session::radii)).containsOnly(1);
  }

  @Test
  void thinkingThatDoesNotFallHasNoBasin() {
    EnergyModel hill = new QuadraticEnergy(1, -1);

    assertThat(at(hill, 0, new double[] {0}, Session::radii)).containsExactly(0);
  }

  /** Both valleys have the energy 0: without a tilt only the place tells a return. */
  @Test
  void anEndInAnotherValleyOfTheSameEnergyIsNoReturn() {
    double[] starts = {-0.2, -0.2, -0.2, -0.2, -0.2, -0.2, -0.2, -0.2};

    assertThat(at(new TwoValleys(), 0, starts, Session::radii)).containsOnly(1);
  }

  @Test
  void theElementsOfAPredictionReturnTogether() {
    PointModality points = new PointModality(Shape.of(2), 3);
    Array start = TestArrays.mixed(1, 2, 2, 3);
    Map<String, Array> context = Map.of(PointModality.CENTRE, Array.filled(start.shape(), 0.5));

    assertThat(at(points, new QuadraticEnergy(3, 2), context, start, 0.05, Session::radii))
        .containsExactly(4, 4, 4, 4);
  }

  @Test
  void givenElementsAreNotDisplaced() {
    CellsModality cells = new CellsModality(2, 3);
    Map<String, Array> context = Map.of(CellsModality.GIVEN, Array.of(Shape.of(1, 2), 2L, 0L));
    try (ReferenceBackend backend = new ReferenceBackend();
        CandidateSpace space = new CandidateSpace(backend, cells, 1)) {
      Array ones = Array.filled(Shape.of(1, 2, 3), 1);
      assertThat(space.free(context, ones)).containsExactly(0, 0, 0, 1, 1, 1);
      Array shifted = Array.of(Shape.of(1, 2, 3), 0.0, 1, 2, 5, 6, 7);
      double[] inputs = space.modelInputs(shifted);
      assertThat(inputs[3]).as("a shift of logits").isCloseTo(inputs[0], within(1e-9));
    }
  }
}
