package dev.ebt.train.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.UserException;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.objective.Objective;
import dev.ebt.objective.Objective.ObjectiveInputs;
import dev.ebt.sample.LangevinDynamics;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which negatives are mined, with the energy ½k|y − c|² of one coordinate. */
class HardNegativesTest {
  /** The negatives of the first row are at even places, of the second at odd ones. */
  private static final double[] DRAWN = {3, 8, 0, 12, -1, 10, 2, 7};

  private static final double[] TARGETS = {1, 1, 3};

  @Test
  void theLowestEnergiesOfEachRowAreChosenInTheirOrder() {
    // Around the centers 0 and 10, where no negative of the first is nearer than that at 0.
    assertThat(mined(2, 5, 5)).containsExactly(0, 10, -1, 8);
  }

  @Test
  void negativesThatAreRightAreNotChosen() {
    assertThat(mined(2, 0, 10)).containsExactly(-1, 8, 2, 12);
  }

  @Test
  void equalEnergiesAreChosenInTheOrderOfTheDraw() {
    // 8 and 12 are equally far from the center of the second row.
    assertThat(mined(3, 5, 5)).containsExactly(0, 10, -1, 8, 2, 12);
  }

  /** One of the four negatives of the first row is its target: three count, in the last place 0. */
  @Test
  void ofFewerWrongNegativesThanAreUsedTheOthersHaveNoWeight() {
    Tensor wrong = Tensor.constant(Array.of(Shape.of(4, 2), 1.0, 1, 0, 1, 1, 0, 0, 1));
    Program program =
        Program.named("weights").output("found", new HardNegatives(4, 3).weights(wrong)).build();
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program)) {
      assertThat(executable.run(Map.of()).get("found").doubles()).containsExactly(1, 1, 1, 1, 0, 1);
    }
  }

  /** The loss of each row among the negatives 1, 2 rows on, of which row 0 and 1 share a target. */
  @Test
  void theTargetsOfOtherRowsThatAreRightHaveNoWeight() {
    double gap = 4; // 3 is at ½·3², 1 at ½·1².
    double lower = Math.log1p(Math.exp(-gap));
    double higher = Math.log1p(Math.exp(gap));
    for (Integer hardest : new Integer[] {null, 1}) {
      assertThat(
              losses(new Ranking(2, NegativeSource.DATA, hardest, null, null, null, null), TARGETS))
          .containsExactly(new double[] {lower, lower, higher}, within(1e-9));
    }
    assertThat(losses(new InfoNce(2, NegativeSource.DATA, null, null, null, null, null), TARGETS))
        .containsExactly(new double[] {lower, lower, Math.log1p(2 * Math.exp(gap))}, within(1e-9));
    assertThat(losses(new Ranking(1, NegativeSource.DATA, null, null, null, null, null), 2, 2))
        .as("without any negative")
        .containsExactly(0, 0);
  }

  @Test
  void asManyNegativesOfOtherRowsAsABatchHasRowsAreRefused() {
    Ranking objective = new Ranking(3, NegativeSource.DATA, null, null, null, null, null);
    assertThatThrownBy(() -> losses(objective, TARGETS))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "objective.negatives is 3, but with source: data a batch of 3 rows has the targets of 2"
                + " other rows; at most 2, or a larger training.batch, expected");
  }

  private static double[] losses(Objective objective, double... targets) {
    double[] centers = new double[targets.length];
    Parameters parameters = new Parameters();
    ObjectiveInputs inputs = inputs(parameters, centers, targets);
    return run(parameters, objective.output(inputs).loss());
  }

  private static double[] mined(int kept, double... targets) {
    Parameters parameters = new Parameters();
    ObjectiveInputs inputs = inputs(parameters, new double[] {0, 10}, targets);
    double[] wrong = new double[DRAWN.length];
    Arrays.setAll(wrong, i -> DRAWN[i] == targets[i % 2] ? 0 : 1);
    Tensor drawn = Tensor.constant(Array.of(Shape.of(8, 1), DRAWN));
    Tensor found =
        new HardNegatives(4, kept)
            .of(
                new DensityProblem(inputs, "test"),
                drawn,
                Tensor.constant(Array.of(Shape.of(4, 2), wrong)));
    return run(parameters, found);
  }

  private static ObjectiveInputs inputs(Parameters parameters, double[] centers, double[] targets) {
    Shape rows = Shape.of(targets.length, 1);
    ThinkingMethod thinking =
        new ThinkingMethod(
            ThinkingHyperparameters.builder().landscapes(1).stepSize(0.1).build(),
            new LangevinDynamics(null, null, null));
    Tensor target = Tensor.constant(Array.of(rows, targets));
    return new ObjectiveInputs(
        new PointModality(Shape.scalar(), 1),
        new QuadraticEnergy(1, 1),
        thinking,
        List.of(),
        List.of(),
        NamedTensors.of(PointModality.CENTRE, Tensor.constant(Array.of(rows, centers))),
        target,
        target,
        Tensor.constant(Array.of(Shape.of(2), 5L, 6L)),
        parameters);
  }

  private static double[] run(Parameters parameters, Tensor found) {
    Program program = Program.named("mine").output("found", found).build();
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program)) {
      for (ParameterSpec spec : parameters.specs()) {
        backend.assign(spec.variable(), Array.scalar(1.0));
      }
      return executable.run(Map.of()).get("found").doubles();
    }
  }
}
