package dev.ebt.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyModel;
import dev.ebt.error.UserException;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions share compiled programs, and nothing else. */
class CompiledThinkingTest {
  private static final ThinkingMethod THINKING =
      new ThinkingMethod(1, 0.5, false, null, null, null);
  private static final Shape TWO_ROWS = Shape.of(2, 2, 1);

  private final PointModality modality = new PointModality(Shape.of(2), 1);
  private final ReferenceBackend backend = new ReferenceBackend();
  private final Counting model = new Counting();
  private final ThinkingCache cache =
      new ThinkingCache(backend, modality, model, THINKING, List.of());

  /** A model that counts how often its energy is traced. */
  private static final class Counting implements EnergyModel {
    private final QuadraticEnergy energy = new QuadraticEnergy(1, 1);
    private int traced;

    @Override
    public NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters) {
      return energy.observe(context, landscape, parameters);
    }

    @Override
    public Tensor energy(
        NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters) {
      traced++;
      return energy.energy(observed, candidate, landscape, parameters);
    }

    @Override
    public int width() {
      return energy.width();
    }

    @Override
    public String description() {
      return energy.description();
    }
  }

  @BeforeEach
  void initialize() {
    Parameters parameters = new Parameters();
    ThinkingStep.stepSize(THINKING, parameters);
    parameters.weight("curvature", Shape.scalar(), Initializer.constant(1));
    TrainingStepper.initialize(backend, parameters.specs(), 0);
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private static Thinker at(Thinker thinker, double start) {
    thinker.observe(Map.of(PointModality.CENTRE, Array.filled(TWO_ROWS, 0)));
    thinker.begin(Array.filled(TWO_ROWS, start));
    return thinker;
  }

  @Test
  void sessionsThinkSideBySideAsEachDoesAlone() {
    try (Thinker one = at(cache.of(2).session(), 8);
        Thinker other = at(cache.of(2).session(), -1)) {
      one.step();
      other.step();
      one.step();
      assertThat(one.candidate()).isEqualTo(Array.filled(TWO_ROWS, 2));
      assertThat(other.candidate()).isEqualTo(Array.filled(TWO_ROWS, -0.5));
      assertThat(one.energy().doubles()).containsOnly(2);
      one.close();
      other.step();
      assertThat(other.candidate()).isEqualTo(Array.filled(TWO_ROWS, -0.25));
    }
  }

  @Test
  void programsAreMadeOncePerNumberOfRows() {
    cache.of(2);
    int once = model.traced;
    assertThat(once).isPositive();
    try (Thinker first = at(cache.of(2).session(), 8);
        Thinker second = at(cache.of(2).session(), 8)) {
      first.step();
      second.step();
    }
    assertThat(model.traced).isEqualTo(once);
    cache.of(3);
    assertThat(model.traced).isEqualTo(2 * once);
  }

  @Test
  void sessionThatExceedsTheMemoryOfTheMachineIsRefusedBeforeItIsOpened() {
    assertThatThrownBy(
            () ->
                CompiledThinking.of(
                    backend, modality, model, THINKING, List.of(), Integer.MAX_VALUE / 4, 0))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            "thinking about 536,870,911 rows together takes about [0-9.]+ GiB \\(observations and"
                + " candidates [0-9.]+, one step [0-9.]+\\) and this machine has [0-9.]+ GiB; try"
                + " fewer candidates or smaller batches");
  }

  @Test
  void memoryIsThatOfTheShapes() {
    long mebibyte = 1 << 20;
    ThinkingMemory memory = new ThinkingMemory(2, 8, 3 * mebibyte, mebibyte);

    memory.requireFits(4 * mebibyte);
    assertThatThrownBy(() -> memory.requireFits(4 * mebibyte - 1))
        .hasMessageStartingWith("thinking about 2 rows of 8 predictions together takes about ");
  }
}
