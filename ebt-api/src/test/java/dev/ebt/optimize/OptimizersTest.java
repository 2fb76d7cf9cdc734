package dev.ebt.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.OptimizerContract;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each optimizer keeps the contract, and its formula. */
class OptimizersTest {
  @Nested
  class OfGradientDescent extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return new GradientDescent();
    }
  }

  @Nested
  class OfAdamW extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return new AdamW(0.9, 0.999, 1e-3, 0.01);
    }

    @Override
    protected double stepSize() {
      return 0.01;
    }
  }

  @Nested
  class OfMomentum extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return GradientTransformChain.of(new Momentum(0.5, false));
    }
  }

  @Nested
  class OfNesterov extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return GradientTransformChain.of(new Momentum(0.5, true));
    }
  }

  @Nested
  class OfBacktracking extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return new Backtracking(null, null);
    }

    /** Plain descent would swing ever wider. */
    @Override
    protected double stepSize() {
      return 2.5;
    }
  }

  @Nested
  class OfChain extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return GradientTransformChain.of(
          new ClipByNorm(1.1), new Scale(2), new Momentum(0.3, true), new DecayTransform(0.1));
    }
  }

  @Test
  void momentumAddsUpGradientsAndNesterovLooksAhead() {
    // Gradients 1, 1, 1: velocities 1, 1.5, 1.75.
    assertThat(moves(GradientTransformChain.of(new Momentum(0.5, false)), 1, 1, 1))
        .isCloseTo(-4.25, within(1e-12));
    // Each adds half of the new velocity to the gradient: 1.5, 1.75, 1.875.
    assertThat(moves(GradientTransformChain.of(new Momentum(0.5, true)), 1, 1, 1))
        .isCloseTo(-5.125, within(1e-12));
  }

  @Test
  void stagesOfAChainActInTheirOrder() {
    assertThat(moves(GradientTransformChain.of(new ClipByNorm(2), new Scale(3)), 10))
        .isCloseTo(-6, within(1e-12));
    assertThat(moves(GradientTransformChain.of(new Scale(3), new ClipByNorm(2)), 10))
        .isCloseTo(-2, within(1e-12));
  }

  @Test
  void twoStagesOfOneKindKeepApart() {
    Optimizer twice = GradientTransformChain.of(new Momentum(0.5, false), new Momentum(0.5, false));
    // First velocities 1, 1.5; second 1, 2.
    assertThat(moves(twice, 1, 1)).isCloseTo(-3, within(1e-12));
    assertThat(twice.slots()).extracting(Optimizer.Slot::name).doesNotHaveDuplicates();
  }

  @Test
  void aGradientOfNothingIsNotClippedToAnything() {
    assertThat(moves(GradientTransformChain.of(new ClipByNorm(1)), 0)).isZero();
  }

  @Test
  void whatHasNoMeaningIsRefused() {
    assertThatThrownBy(() -> new Momentum(1.0, false))
        .isInstanceOf(UserException.class)
        .hasMessage("momentum is 1.0; 0 or more and below 1 expected");
    assertThatThrownBy(() -> new ClipByNorm(0)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> new Scale(Double.NaN)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> new DecayTransform(-1)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> new Backtracking(1.0, null)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> new Backtracking(null, 0.5)).isInstanceOf(UserException.class);
  }

  /** Where a parameter that begins at 0 is after a step of size 1 against each gradient. */
  private static double moves(Optimizer optimizer, double... gradients) {
    Tensor value = Tensor.constant(0);
    Map<String, Tensor> slots = new LinkedHashMap<>();
    for (Optimizer.Slot slot : optimizer.slots()) {
      slots.put(slot.name(), Tensor.filled(slot.shape(Shape.scalar(), 0), slot.initial()));
    }
    for (int i = 0; i < gradients.length; i++) {
      Optimizer.Update move =
          optimizer.move(
              new Optimizer.Inputs(
                  value,
                  Tensor.constant(gradients[i]),
                  0,
                  null,
                  slots,
                  Tensor.constant(1),
                  Tensor.constant(i + 1),
                  false));
      value = move.value();
      slots = move.slots();
    }
    Program program = Program.named("moves").output("value", value).build();
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program)) {
      return executable.run(Map.<String, Array>of()).get("value").item();
    }
  }
}
