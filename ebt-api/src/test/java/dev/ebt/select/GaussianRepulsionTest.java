package dev.ebt.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.RepulsionContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GaussianRepulsionTest extends RepulsionContract {
  private static final double STRENGTH = 0.3;
  private static final double WIDTH = 0.7;
  private static final Shape SHAPE = Shape.of(1, 3);

  @Override
  protected Repulsion repulsion() {
    return new GaussianRepulsion(STRENGTH, WIDTH, null);
  }

  /** Returns the displacement from 0, and −s σ √e · 3 ∇k, three being the number of elements. */
  private Map<String, Array> at(double... candidate) {
    Tensor y = Tensor.input("y", SHAPE, ElementType.REAL);
    Tensor kernel = Functions.exp(y.square().mean(-1).divide(-2 * WIDTH * WIDTH));
    Tensor slope = Gradients.of(kernel, y).times(-3 * STRENGTH * WIDTH * Math.exp(0.5));
    Program program =
        Program.named("displace")
            .output("displacement", repulsion().displacement(y, Tensor.zeros(SHAPE), 1))
            .output("slope", slope)
            .build();
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program)) {
      return executable.run(Map.of("y", Array.of(SHAPE, candidate)));
    }
  }

  @Test
  void theDisplacementIsTheGradientOfTheKernel() {
    Map<String, Array> found = at(0.5, -1.2, 0.1);
    assertThat(found.get("displacement").doubles())
        .containsExactly(found.get("slope").doubles(), within(1e-12));
  }

  @Test
  void theGreatestDisplacementIsTheStrengthOneWidthAway() {
    assertThat(size(WIDTH)).isCloseTo(STRENGTH, within(1e-12));
    assertThat(size(0.9 * WIDTH)).isLessThan(STRENGTH);
    assertThat(size(1.1 * WIDTH)).isLessThan(STRENGTH);
  }

  /** Returns the root mean square of the displacement at a root mean square distance. */
  private double size(double distance) {
    double square = 0;
    for (double element : at(distance, -distance, distance).get("displacement").doubles()) {
      square += element * element / 3;
    }
    return Math.sqrt(square);
  }

  @Test
  void valuesWithoutAMeaningAreRefused() {
    assertThatThrownBy(() -> new GaussianRepulsion(0.0, null, null))
        .hasMessage("strength is 0.0; a positive number expected");
    assertThatThrownBy(() -> new GaussianRepulsion(null, Double.NaN, null))
        .hasMessage("width is NaN; a positive number expected");
    assertThatThrownBy(() -> new GaussianRepulsion(null, null, 0))
        .hasMessage("steps is 0; at least 1, or null for all expected");
  }
}
