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
import dev.ebt.testing.TransformContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each gradient transform keeps the contract; those that clip also their formula. */
class GradientTransformsTest {
  @Nested
  class OfClipByGlobalNorm extends TransformContract {
    @Override
    protected GradientTransform transform() {
      return new ClipByGlobalNorm(1);
    }
  }

  @Nested
  class OfClipByNorm extends TransformContract {
    @Override
    protected GradientTransform transform() {
      return new ClipByNorm(1);
    }
  }

  @Nested
  class OfClipByValue extends TransformContract {
    @Override
    protected GradientTransform transform() {
      return new ClipByValue(0.6);
    }
  }

  @Nested
  class OfDecay extends TransformContract {
    @Override
    protected GradientTransform transform() {
      return new DecayTransform(0.1);
    }
  }

  @Nested
  class OfIdentity extends TransformContract {
    @Override
    protected GradientTransform transform() {
      return new Identity();
    }
  }

  @Nested
  class OfMomentum extends TransformContract {
    @Override
    protected GradientTransform transform() {
      return new Momentum(0.9, true);
    }
  }

  @Nested
  class OfScale extends TransformContract {
    @Override
    protected GradientTransform transform() {
      return new Scale(2);
    }
  }

  @Test
  void theGlobalNormIsThatOfAllParametersTogether() {
    // ‖(3, 4, 12)‖ = 13.
    assertThat(moves(new ClipByGlobalNorm(6.5), new double[] {3, 4}, new double[] {12}))
        .containsExactly(new double[] {-1.5, -2, -6}, within(1e-12));
    assertThat(moves(new ClipByNorm(6.5), new double[] {3, 4}, new double[] {12}))
        .containsExactly(new double[] {-3, -4, -6.5}, within(1e-12));
    assertThat(moves(new ClipByValue(3.5), new double[] {3, 4}, new double[] {12}))
        .containsExactly(new double[] {-3, -3.5, -3.5}, within(1e-12));
  }

  @Test
  void normsBelowTheBoundChangeNothing() {
    assertThat(moves(new ClipByGlobalNorm(20), new double[] {3, 4}, new double[] {12}))
        .containsExactly(-3, -4, -12);
  }

  @Test
  void boundsThatAreNotPositiveAreRefused() {
    assertThatThrownBy(() -> new ClipByGlobalNorm(0))
        .isInstanceOf(UserException.class)
        .hasMessage("norm is 0.0; a positive number, or clip=identity for no clipping, expected");
    assertThatThrownBy(() -> new ClipByValue(Double.NaN))
        .isInstanceOf(UserException.class)
        .hasMessage("bound is NaN; a positive number expected");
  }

  /** Two parameters that begin at 0, after a step of size 1, as a chain updates them together. */
  private static double[] moves(GradientTransform transform, double[] one, double[] two) {
    List<Optimizer.Update> updates =
        GradientTransformChain.of(transform).moveAll(List.of(parameter(one), parameter(two)));
    Program program =
        Program.named("moves")
            .output("one", updates.get(0).value())
            .output("two", updates.get(1).value())
            .build();
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program)) {
      Map<String, Array> found = executable.run(Map.of());
      return java.util.stream.DoubleStream.concat(
              java.util.Arrays.stream(found.get("one").doubles()),
              java.util.Arrays.stream(found.get("two").doubles()))
          .toArray();
    }
  }

  private static Optimizer.Inputs parameter(double[] gradient) {
    Shape shape = Shape.of(gradient.length);
    return new Optimizer.Inputs(
        Tensor.zeros(shape),
        Tensor.constant(Array.of(shape, gradient)),
        0,
        null,
        Map.of(),
        Tensor.constant(1),
        Tensor.constant(1),
        false);
  }
}
