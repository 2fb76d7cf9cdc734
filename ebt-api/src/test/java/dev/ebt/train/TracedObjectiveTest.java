package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyModel;
import dev.ebt.modality.Batch;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A problem is traced once, whoever needs its trace before the first program is compiled. */
class TracedObjectiveTest {
  private static final int ROWS = 2;
  private static final Shape CANDIDATES = Shape.of(ROWS, 2, 1);

  private final Counting model = new Counting();
  private final TrainingProblem problem =
      new TrainingProblem(
          new PointModality(Shape.of(2), 1),
          model,
          EnergyObjective.system1(new EnergyObjective.Settings(2)),
          new ThinkingMethod(1, 0.5, false, null, null, null),
          List.of());
  private final ParameterUpdateRule rule =
      ParameterUpdateRule.of(new GradientDescent(), 0.1).clippedTo(1);

  /** A model that counts how often its energy is traced. */
  private static final class Counting implements EnergyModel {
    private final QuadraticEnergy energy = new QuadraticEnergy(1, 2);
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

  private TracedObjective trace(boolean accumulating) {
    return new TracedObjective(problem, List::of, rule, ROWS, accumulating);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void parametersMemoryAndFirstProgramShareOneTrace(boolean accumulating) {
    problem.parameters();
    int once = model.traced;
    assertThat(once).isPositive();
    TracedObjective trace = trace(accumulating);
    List<ParameterSpec> parameters = trace.parameters();
    assertThat(parameters).extracting(ParameterSpec::name).containsExactly("alpha", "curvature");
    assertThat(model.traced).isEqualTo(2 * once);
    trace.memory();
    try (ReferenceBackend backend = new ReferenceBackend();
        TrainingStepper stepper = new TrainingStepper(trace, backend, 5)) {
      stepper.initialize();
      stepper.step(1, accumulating ? List.of(batch(), batch()) : List.of(batch()));
    }
    assertThat(model.traced).isEqualTo(2 * once);
  }

  @Test
  void tracedStepsHaveTheNumbersOfOthers() {
    try (ReferenceBackend backend = new ReferenceBackend();
        ReferenceBackend other = new ReferenceBackend();
        TrainingStepper traced = new TrainingStepper(trace(false), backend, 5);
        TrainingStepper plain = new TrainingStepper(problem, other, rule, 5)) {
      traced.initialize();
      plain.initialize();
      for (int step = 1; step <= 3; step++) {
        assertThat(traced.step(step, List.of(batch())))
            .isEqualTo(plain.step(step, List.of(batch())));
      }
    }
  }

  @Test
  void discardedTracesAreMadeAnew() {
    TracedObjective trace = trace(false);
    trace.memory();
    int once = model.traced;
    trace.discard();
    trace.memory();
    assertThat(model.traced).isEqualTo(2 * once);
  }

  private static Batch batch() {
    return new Batch(
        Map.of(PointModality.CENTRE, Array.filled(CANDIDATES, 0.5)),
        Array.filled(CANDIDATES, 0.25),
        Array.filled(CANDIDATES.slice(0, 2), 1));
  }
}
