package dev.ebt.train.density;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which negatives are mined, with the energy ½k|y − c|² of one coordinate. */
class HardNegativesTest {
  private static final Shape ROWS = Shape.of(2, 1);

  /** The negatives of the first row are at even places, of the second at odd ones. */
  private static final double[] DRAWN = {3, 8, 0, 12, -1, 10, 2, 7};

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

  private static double[] mined(int kept, double... targets) {
    Parameters parameters = new Parameters();
    ThinkingMethod thinking =
        new ThinkingMethod(
            ThinkingHyperparameters.builder().landscapes(1).stepSize(0.1).build(),
            new LangevinDynamics(null, null, null));
    Tensor target = Tensor.constant(Array.of(ROWS, targets));
    ObjectiveInputs inputs =
        new ObjectiveInputs(
            new PointModality(Shape.scalar(), 1),
            new QuadraticEnergy(1, 1),
            thinking,
            List.of(),
            List.of(),
            NamedTensors.of(PointModality.CENTRE, Tensor.constant(Array.of(ROWS, 0.0, 10.0))),
            target,
            target,
            Tensor.constant(Array.of(Shape.of(2), 5L, 6L)),
            parameters);
    Tensor drawn = Tensor.constant(Array.of(Shape.of(8, 1), DRAWN));
    Tensor found = new HardNegatives(4, kept).of(new DensityProblem(inputs, "test"), drawn, target);
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
