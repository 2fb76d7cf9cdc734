package dev.ebt.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyTerm;
import dev.ebt.energy.ModelEnergy;
import dev.ebt.energy.WeightedEnergy;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.FiniteDifferences;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.train.TrainingStepper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The energy of a model, ½ · 2 |y − c|², and further ones. Steps have the size ¼. */
class AddedEnergiesTest {
  private static final PointModality POINTS = new PointModality(Shape.of(2), 3);
  private static final Shape SHAPE = Shape.of(1, 2, 3);
  private static final Array CENTRE = Array.of(SHAPE, 0.5, -1, 2, 0, 1, -0.25);
  private static final double[] START = {1, 2, -1, 0.5, -2, 0.75};
  private static final double STEP_SIZE = 0.25;

  /** Of every coordinate, its fourth power; of every prediction, their sum. */
  private record FourthPower() implements EnergyTerm {
    @Override
    public Tensor energy(
        NamedTensors observed, Tensor modelInput, Tensor landscape, Parameters parameters) {
      return modelInput.square().square().sum(-1);
    }
  }

  /** The number of the landscape, whatever the candidate is. */
  private record Landscape(int landscapes) implements EnergyTerm {
    @Override
    public Tensor energy(
        NamedTensors observed, Tensor modelInput, Tensor landscape, Parameters parameters) {
      return Functions.real(landscape).broadcastTo(modelInput.shape().slice(0, 2));
    }
  }

  /** |y − c| of the observed centre, smooth. */
  private record Distance() implements EnergyTerm {
    @Override
    public NamedTensors observe(NamedTensors context, Tensor landscape, Parameters parameters) {
      return NamedTensors.of("centre", context.get(PointModality.CENTRE));
    }

    @Override
    public Tensor energy(
        NamedTensors observed, Tensor modelInput, Tensor landscape, Parameters parameters) {
      Tensor distance = modelInput.minus(observed.get("centre")).square().sum(-1);
      return Functions.sqrt(distance.plus(1));
    }
  }

  /** What a session of some steps found. */
  private record Found(List<double[]> energies, double[] candidate) {}

  private static Found think(int steps, WeightedEnergy... terms) {
    return think(new ThinkingMethod(1, STEP_SIZE, false, null, null, null), steps, terms);
  }

  private static Found think(ThinkingMethod alone, int steps, WeightedEnergy... terms) {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      ThinkingMethod thinking = alone.withEnergies(List.of(terms));
      Parameters parameters = new Parameters();
      ThinkingStep.stepSize(thinking, parameters);
      parameters.weight("curvature", Shape.scalar(), Initializer.constant(2));
      TrainingStepper.initialize(backend, parameters.specs(), 0);
      thinking.energies().forEach(term -> term.values().forEach(backend::assign));
      try (Thinker thinker =
          new Thinker(backend, POINTS, new QuadraticEnergy(3, 2), thinking, List.of(), 1)) {
        thinker.observe(Map.of(PointModality.CENTRE, CENTRE));
        thinker.begin(Array.of(SHAPE, START));
        List<double[]> energies = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
          energies.add(thinker.step().doubles());
        }
        energies.add(thinker.energy().doubles());
        return new Found(energies, thinker.candidate().doubles());
      }
    }
  }

  private static WeightedEnergy term(int number, EnergyTerm term, double weight) {
    return new WeightedEnergy("energies." + number, term, weight);
  }

  /** Returns the energy of both predictions, computed by hand. */
  private static double sum(double[] y) {
    double[] c = CENTRE.doubles();
    double energy = 0;
    for (int p = 0; p < 2; p++) {
      double squares = 0;
      for (int i = 3 * p; i < 3 * p + 3; i++) {
        squares += (y[i] - c[i]) * (y[i] - c[i]);
        energy += 0.03 * Math.pow(y[i], 4);
      }
      energy += squares - 0.7 * Math.sqrt(squares + 1);
    }
    return energy;
  }

  @Test
  void theStepFollowsTheGradientOfTheWeightedSum() {
    Found found = think(1, term(0, new FourthPower(), 0.03), term(1, new Distance(), -0.7));

    double[] gradient = FiniteDifferences.gradient(AddedEnergiesTest::sum, START);
    double[] expected = START.clone();
    for (int i = 0; i < expected.length; i++) {
      expected[i] -= STEP_SIZE * gradient[i];
    }
    assertThat(found.candidate()).containsExactly(expected, within(1e-8));
    double[] before = found.energies().get(0);
    assertThat(before[0] + before[1]).isCloseTo(sum(START), within(1e-12));
    double[] after = found.energies().get(1);
    assertThat(after[0] + after[1]).isCloseTo(sum(found.candidate()), within(1e-12));
  }

  @Test
  void theSameModelWithAWeightScalesTheEnergy() {
    EnergyTerm same =
        ModelEnergy.of(
            POINTS, new QuadraticEnergy(3, 2), 1, Map.of("curvature", Array.scalar(2.0)));
    Found alone = think(1);
    Found twice = think(1, term(0, same, 0.5));

    for (int i = 0; i < START.length; i++) {
      double move = alone.candidate()[i] - START[i];
      assertThat(twice.candidate()[i] - START[i]).isCloseTo(1.5 * move, within(1e-12));
    }
    for (int p = 0; p < 2; p++) {
      assertThat(twice.energies().get(0)[p])
          .isCloseTo(1.5 * alone.energies().get(0)[p], within(1e-12));
    }
  }

  @Test
  void aModelKeepsItsOwnParameters() {
    EnergyTerm other =
        ModelEnergy.of(
            POINTS, new QuadraticEnergy(3, 2), 1, Map.of("curvature", Array.scalar(6.0)));
    Found found = think(0, term(0, other, 1));
    Found alone = think(0);
    assertThat(found.energies().get(0)[0]).isCloseTo(4 * alone.energies().get(0)[0], within(1e-12));
  }

  @Test
  void weightZeroChangesNoBit() {
    Found alone = think(3);
    Found with = think(3, term(0, new Landscape(4), 0), term(1, new FourthPower(), 0));
    assertThat(with.candidate()).containsExactly(alone.candidate());
    for (int i = 0; i < alone.energies().size(); i++) {
      assertThat(with.energies().get(i)).containsExactly(alone.energies().get(i));
    }
  }

  @Test
  void aTermWithMoreLandscapesThanTheModelUsesThemStepByStep() {
    Found alone = think(3);
    Found found = think(3, term(0, new Landscape(3), 10), term(1, new Landscape(2), 1));
    double[] added = {0, 11, 21, 21};
    for (int i = 0; i < added.length; i++) {
      double energy = alone.energies().get(i)[0] + added[i];
      assertThat(found.energies().get(i)[0]).isCloseTo(energy, within(1e-12));
    }
  }

  @Test
  void severalStepsAreTakenInEachLandscape() {
    ThinkingHyperparameters twice =
        ThinkingHyperparameters.builder()
            .landscapes(2)
            .stepSize(STEP_SIZE)
            .learnStepSize(false)
            .stepsPerLandscape(2)
            .build();
    Found alone = think(4);
    Found found = think(ThinkingMethod.of(twice), 4, term(0, new Landscape(3), 10));
    double[] added = {0, 0, 10, 10, 10}; // The last one is of the landscape of the last step.
    for (int i = 0; i < added.length; i++) {
      double energy = alone.energies().get(i)[0] + added[i];
      assertThat(found.energies().get(i)[0]).isCloseTo(energy, within(1e-12));
    }
    assertThat(ThinkingMethod.of(twice).plan(5)).containsExactly(0, 0, 1, 1, 1);
  }

  @Test
  void aWeightThatIsNotFiniteIsRefused() {
    assertThatThrownBy(() -> term(0, new FourthPower(), Double.NaN))
        .hasMessage("weight is NaN; a finite number expected");
  }
}
