package dev.ebt.think;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.CheckedBackend;
import dev.ebt.testing.OtherThread;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.testing.TransferLog;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In a quadratic valley: E = ½y², and a step of size ½ halves y. */
class ThinkerTest {
  private static final Shape CANDIDATES = Shape.of(2, 2, 1);

  private final PointModality modality = new PointModality(Shape.of(2), 1);
  private final QuadraticEnergy energy = new QuadraticEnergy(1, 1);
  private final CheckedBackend checked = new CheckedBackend(new ReferenceBackend());
  private final TransferLog backend = new TransferLog(checked);

  @AfterEach
  void close() {
    backend.close();
  }

  private Thinker thinker() {
    ThinkingMethod thinking = new ThinkingMethod(2, 0.5, false, null, null, null);
    Parameters parameters = new Parameters();
    ThinkingStep.stepSize(thinking, parameters);
    parameters.weight("curvature", Shape.scalar(), Initializer.constant(1));
    TrainingStepper.initialize(backend, parameters.specs(), 0);
    Thinker thinker = new Thinker(backend, modality, energy, thinking, List.of(), 2);
    thinker.observe(Map.of(PointModality.CENTRE, Array.filled(CANDIDATES, 0)));
    return thinker;
  }

  @Test
  void predictionsThatSettledStayWhereTheyAreWhileOthersMove() {
    Array start = Array.of(CANDIDATES, 1.0, 0.1, 0.0, -4.0);
    try (Thinker thinker = thinker()) {
      thinker.begin(start);
      // Energies fall by ⅜y², so from 0.375, 0.00375, 0 and 6 at the second step.
      assertThat(thinker.step(1, 0.01).moved()).as("none has a last energy yet").isEqualTo(4);
      assertThat(thinker.candidate().doubles()).containsExactly(0.5, 0.05, 0, -2);
      assertThat(thinker.step(1, 0.01).moved()).isEqualTo(2);
      assertThat(thinker.candidate().doubles()).containsExactly(0.25, 0.05, 0, -1);
      assertThat(thinker.step(1, 0.01).moved()).isEqualTo(2);
      assertThat(thinker.step(1, 0.01).moved()).isEqualTo(2);
      assertThat(thinker.candidate().doubles()).containsExactly(0.0625, 0.05, 0, -0.25);
      assertThat(thinker.step(1, 0.01).moved()).isEqualTo(1);
      assertThat(thinker.candidate().doubles()).containsExactly(0.0625, 0.05, 0, -0.125);
      assertThat(thinker.step(1, 0.01).moved()).isEqualTo(1);
      assertThat(thinker.step(1, 0.01).moved()).isZero();
      assertThat(thinker.candidate().doubles()).containsExactly(0.0625, 0.05, 0, -0.0625);
      assertThat(thinker.step(1, 0).moved()).as("once settled, for good").isZero();
      assertThat(thinker.evaluationsUsed().orElseThrow().doubles())
          .as("steps until it was found settled")
          .containsExactly(5, 2, 2, 7);
    }
  }

  @Test
  void aSecondThreadIsRefusedByNameAndHarmsNothing() {
    try (Thinker thinker = thinker()) {
      thinker.begin(Array.filled(CANDIDATES, 8));
      thinker.step();
      for (Runnable call :
          List.<Runnable>of(
              thinker::step,
              thinker::energy,
              thinker::candidate,
              () -> thinker.begin(0),
              () -> thinker.reach(3, 0))) {
        assertThat(OtherThread.failure("second", call))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageStartingWith("Thinker is not thread-safe: thread 'second' called it after");
      }
      thinker.step();
      assertThat(thinker.candidate()).isEqualTo(Array.filled(CANDIDATES, 2));
    }
  }

  @Test
  void threadsMayTakeTurnsIfEachObservesFirst() {
    Map<String, Array> context = Map.of(PointModality.CENTRE, Array.filled(CANDIDATES, 0));
    try (Thinker thinker = thinker()) {
      Runnable turn =
          () -> {
            thinker.observe(context);
            thinker.begin(Array.filled(CANDIDATES, 8));
            thinker.reach(2, 0);
            assertThat(thinker.candidate()).isEqualTo(Array.filled(CANDIDATES, 2));
          };
      turn.run();
      assertThat(OtherThread.failure("second", turn)).isNull();
      turn.run();
    }
  }

  @Test
  void closedThinkersLeaveNothingOnTheBackend() {
    Thinker other = thinker();
    other.begin(Array.filled(CANDIDATES, 3));
    Set<String> before = checked.held();
    Thinker thinker = thinker();
    thinker.begin(Array.filled(CANDIDATES, 1));
    thinker.step();
    assertThat(checked.held()).hasSizeGreaterThan(before.size());
    thinker.close();
    thinker.close();
    assertThat(checked.held()).isEqualTo(before);
    assertThat(other.candidate()).isEqualTo(Array.filled(CANDIDATES, 3));
    other.close();
    assertThat(checked.held()).containsExactlyInAnyOrder("alpha", "curvature");
  }

  @Test
  void withoutToleranceAllMoveAlwaysAndBeginningAnewForgetsWhatSettled() {
    try (Thinker thinker = thinker()) {
      thinker.begin(Array.filled(CANDIDATES, 0));
      thinker.step(1, 0.5);
      assertThat(thinker.step(1, 0.5).moved()).isZero();
      thinker.begin(Array.filled(CANDIDATES, 1));
      for (int i = 0; i < 3; i++) {
        assertThat(thinker.step(1, 0).moved()).isEqualTo(4);
      }
      assertThat(thinker.candidate()).isEqualTo(Array.filled(CANDIDATES, 0.125));
      assertThat(thinker.evaluationsUsed()).as("all steps of each").isEmpty();
    }
  }

  @Test
  void energiesAreOfTheCandidatesThatEnterTheStep() {
    try (Thinker thinker = thinker()) {
      thinker.begin(Array.filled(CANDIDATES, 2));
      assertThat(thinker.energy().doubles()).containsOnly(2.0);
      assertThat(thinker.step().doubles()).containsOnly(2.0);
      assertThat(thinker.step(2, 0).energy().doubles()).containsOnly(0.5);
      assertThat(thinker.energy().doubles()).as("a step of twice ½ ends at 0").containsOnly(0.0);
    }
  }

  @Test
  void stepBringsNothingButTwoNumbersPerPredictionToTheHost() {
    try (Thinker thinker = thinker()) {
      thinker.begin(1L);
      thinker.step();
      backend.clear();
      for (int i = 0; i < 5; i++) {
        thinker.step(1, 1e-9);
      }
      assertThat(backend.runs()).hasSize(5);
      for (TransferLog.Run run : backend.runs()) {
        assertThat(run.program()).isEqualTo("step");
        assertThat(run.fetched().keySet()).isEqualTo(Set.of("energy", "updated"));
        assertThat(run.fetched().get("energy")).as("a number per prediction").isEqualTo(4);
        assertThat(run.fetched().get("updated")).isEqualTo(4);
        assertThat(run.given().values())
            .as("keys and scalars: %s", run.given())
            .allMatch(n -> n <= 2);
      }
      assertThat(backend.reads()).isZero();
      assertThat(backend.assignments()).isZero();
    }
  }

  @Test
  void contextThatNoLandscapeChangesIsObservedOnce() {
    try (Thinker thinker = thinker()) {
      backend.clear();
      thinker.begin(1L);
      for (int i = 0; i < 3; i++) {
        thinker.step();
        thinker.energy();
      }
      assertThat(backend.runs().stream().filter(r -> r.program().equals("observe"))).hasSize(1);
    }
  }

  /** Programs are freed with their thinker. */
  @Test
  void closingClosesAllPrograms() {
    try (CheckedBackend checked = new CheckedBackend(new ReferenceBackend())) {
      ThinkingMethod thinking = new ThinkingMethod(1, 0.5, false, null, null, null);
      new Thinker(checked, modality, energy, thinking, List.of(), 2).close();
      assertThat(checked.openExecutables()).isZero();
    }
  }
}
