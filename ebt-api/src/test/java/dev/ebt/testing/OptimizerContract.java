package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.optimize.Optimizer;
import dev.ebt.step.CandidateState;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingMethod.UpdateRule;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.think.Thinker;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of optimizers of candidates: each prediction descends independently of the
 * others, state is kept in the declared slots, derivatives pass through, and steps are the same in
 * one program or many. The energies are quadratic, in double precision. The test of an optimizer
 * extends this class and inherits all tests.
 */
public abstract class OptimizerContract {
  private static final int STEPS = 3;
  private static final int WIDTH = 2;
  private static final Shape CANDIDATES = Shape.of(2, 2, WIDTH);
  private static final double[] START = {1, -0.5, 0.75, 2, -1.5, 0.25, 0.5, -0.75};

  /** Returns the optimizer. */
  protected abstract Optimizer optimizer();

  /** Returns the largest step size at which the energy decreases for curvature 1. */
  protected double stepSize() {
    return 0.1;
  }

  /** A sampler draws from exp(−E) and may go up. */
  @Test
  final void goesDownhill() {
    if (optimizer().isRandom()) {
      return;
    }
    double[] energies = think(START, 30).energies();

    double[] before = think(START, 0).energies();
    for (int i = 0; i < energies.length; i++) {
      assertThat(energies[i]).as("energy of prediction %d", i).isLessThan(before[i]);
    }
  }

  @Test
  final void predictionsDoNotMix() {
    double[] elsewhere = START.clone();
    elsewhere[0] += 3;

    double[] after = think(elsewhere, STEPS).candidates();
    double[] before = think(START, STEPS).candidates();
    for (int i = WIDTH; i < START.length; i++) {
      assertThat(after[i]).as("element %d of another prediction", i).isEqualTo(before[i]);
    }
    assertThat(after[0]).isNotEqualTo(before[0]);
  }

  @Test
  final void keepsWhatItSaysInTheShapesThatItSays() {
    Tensor value = Tensor.input("y", CANDIDATES, ElementType.REAL);
    Trace trace = new Trace();
    CandidateState state = trace.step.begin(value);
    CandidateState after = trace.take(state, 0);

    assertThat(after.slots().keySet())
        .containsExactlyInAnyOrderElementsOf(
            optimizer().slots().stream().map(Optimizer.Slot::name).collect(Collectors.toSet()));
    after
        .slots()
        .forEach(
            (name, slot) ->
                assertThat(slot.shape()).as(name).isEqualTo(state.slots().get(name).shape()));
    assertThat(after.candidate().shape()).isEqualTo(CANDIDATES);
  }

  @Test
  final void derivativesFollowThroughItsSteps() {
    FiniteDifferences.check(
        point -> {
          Trace trace = new Trace();
          CandidateState state = trace.step.begin(point.get(0));
          for (int i = 0; i < STEPS; i++) {
            state = trace.take(state, i);
          }
          return state.candidate();
        },
        List.of(Array.of(CANDIDATES, START)));
  }

  /**
   * Equality is within the precision in which step sizes are assigned at first. What is random
   * depends on keys, which are others here.
   */
  @Test
  final void oneProgramAndManyTakeTheSameSteps() {
    if (optimizer().isRandom()) {
      return;
    }
    Trace trace = new Trace();
    CandidateState state = trace.step.begin(Tensor.input("y", CANDIDATES, ElementType.REAL));
    for (int i = 0; i < STEPS; i++) {
      state = trace.take(state, i);
    }
    Program program = Program.named("unrolled").output("y", state.candidate()).build();
    try (Backend backend = new CheckedBackend(new ReferenceBackend());
        Executable executable = backend.compile(program)) {
      double[] whole = executable.run(Map.of("y", Array.of(CANDIDATES, START))).get("y").doubles();
      assertThat(think(START, STEPS).candidates()).containsExactly(whole, within(1e-7));
    }
  }

  private record Outcome(double[] energies, double[] candidates) {}

  private Outcome think(double[] start, int steps) {
    try (Backend backend = new CheckedBackend(new ReferenceBackend())) {
      Parameters parameters = new Parameters();
      ThinkingStep.stepSize(thinking(), parameters);
      parameters.weight("curvature", Shape.scalar(), Initializer.constant(1));
      TrainingStepper.initialize(backend, parameters.specs(), 0);
      try (Thinker thinker =
          new Thinker(backend, modality(), energy(), thinking(), List.of(), CANDIDATES.size(0))) {
        thinker.observe(Map.of(PointModality.CENTRE, Array.filled(CANDIDATES, 0)));
        thinker.begin(Array.of(CANDIDATES, start));
        for (int i = 0; i < steps; i++) {
          thinker.step();
        }
        return new Outcome(thinker.energy().doubles(), thinker.candidate().doubles());
      }
    }
  }

  /** Steps traced into one program; curvature and step size are constants. */
  private final class Trace {
    private final EnergyFunction function =
        new EnergyFunction(modality(), new FixedValley(), new Parameters());
    private final ThinkingStep step = new ThinkingStep(function, thinking(), List.of());
    private final Tensor landscape = Tensor.constant(Array.scalar(0L));
    private final Tensor key = Tensor.constant(Array.of(Shape.of(2), 1L, 2L));
    private final NamedTensors observed =
        NamedTensors.of(PointModality.CENTRE, Tensor.zeros(CANDIDATES));

    CandidateState take(CandidateState state, int number) {
      ThinkingStep.StepSizes sizes = slope -> Tensor.constant(stepSize());
      return step.take(observed, state, landscape, sizes, number, key).state();
    }
  }

  /** The energy E = ½|y − c|², without parameters. */
  private static final class FixedValley implements EnergyModel {
    @Override
    public int width() {
      return WIDTH;
    }

    @Override
    public NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters) {
      return NamedTensors.of(PointModality.CENTRE, context);
    }

    @Override
    public Tensor energy(
        NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters) {
      return candidate.minus(observed.get(PointModality.CENTRE)).square().sum(-1).times(0.5);
    }

    @Override
    public String description() {
      return "½|y − c|²";
    }
  }

  private static PointModality modality() {
    return new PointModality(Shape.of(CANDIDATES.size(1)), WIDTH);
  }

  private static QuadraticEnergy energy() {
    return new QuadraticEnergy(WIDTH, 1);
  }

  private ThinkingMethod thinking() {
    return new ThinkingMethod(
        ThinkingHyperparameters.builder()
            .landscapes(1)
            .stepSize(stepSize())
            .learnStepSize(false)
            .updateRule(UpdateRule.CANDIDATE)
            .build(),
        optimizer());
  }
}
