package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.optimize.GradientTransform;
import dev.ebt.optimize.GradientTransform.Transformed;
import dev.ebt.optimize.Optimizer;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of gradient transforms: shapes and slots are as declared, results are finite
 * for a gradient of 0 too, predictions of a candidate do not mix, derivatives pass through, and the
 * order of values that are transformed together does not matter. The test of a transform extends
 * this class and inherits all tests.
 */
public abstract class TransformContract {
  private static final Shape CANDIDATES = Shape.of(2, 2, 2);
  private static final double[] GRADIENT = {1, -0.5, 0.75, 2, -1.5, 0.25, 0.5, -0.8};
  private static final double[] VALUE = {0.3, -0.2, 1.1, -0.4, 0.6, 0.9, -1.3, 0.7};

  /** Returns the transform. */
  protected abstract GradientTransform transform();

  @Test
  final void returnsTheShapesThatItDeclares() {
    Optimizer.Inputs candidates = candidates(GRADIENT);
    Transformed transformed = transform().transform(candidates);
    assertThat(transformed.gradient().shape()).isEqualTo(CANDIDATES);
    assertThat(transformed.slots().keySet()).isEqualTo(candidates.slots().keySet());
    transformed
        .slots()
        .forEach(
            (name, slot) ->
                assertThat(slot.shape()).as(name).isEqualTo(candidates.slots().get(name).shape()));
  }

  @Test
  final void aGradientOfZeroStaysFinite() {
    for (int leading : new int[] {0, 2}) {
      double[] result = doubles(transform().transform(inputs(CANDIDATES, new double[8], leading)));
      for (double element : result) {
        assertThat(element).isFinite();
      }
    }
  }

  @Test
  final void predictionsDoNotMix() {
    double[] other = GRADIENT.clone();
    other[0] += 3;
    double[] changed = doubles(transform().transform(candidates(other)));
    double[] before = doubles(transform().transform(candidates(GRADIENT)));
    for (int i = 2; i < before.length; i++) {
      assertThat(changed[i]).as("element %d of another prediction", i).isEqualTo(before[i]);
    }
  }

  @Test
  final void derivativesPassThrough() {
    FiniteDifferences.check(
        at ->
            transform()
                .transform(
                    inputs(at.get(0), Tensor.constant(Array.of(CANDIDATES, VALUE)), CANDIDATES, 2))
                .gradient(),
        List.of(Array.of(CANDIDATES, GRADIENT)));
  }

  @Test
  final void parametersAreTransformedTogetherInAnyOrder() {
    Optimizer.Inputs first = inputs(Shape.of(2), new double[] {3, -4}, 0);
    Optimizer.Inputs second = inputs(Shape.of(3), new double[] {0.1, 0.2, -0.3}, 0);
    List<Transformed> forward = transform().transformAll(List.of(first, second));
    List<Transformed> backward = transform().transformAll(List.of(second, first));
    assertThat(forward).hasSize(2);
    assertThat(doubles(forward.get(0))).containsExactly(doubles(backward.get(1)), within(1e-12));
    assertThat(doubles(forward.get(1))).containsExactly(doubles(backward.get(0)), within(1e-12));
    assertThat(doubles(transform().transformAll(List.of(first)).get(0)))
        .containsExactly(doubles(transform().transform(first)), within(1e-12));
  }

  private Optimizer.Inputs candidates(double[] gradient) {
    return inputs(CANDIDATES, gradient, 2);
  }

  private Optimizer.Inputs inputs(Shape shape, double[] gradient, int leading) {
    double[] value = java.util.Arrays.copyOf(VALUE, gradient.length);
    return inputs(
        Tensor.constant(Array.of(shape, gradient)),
        Tensor.constant(Array.of(shape, value)),
        shape,
        leading);
  }

  private Optimizer.Inputs inputs(Tensor gradient, Tensor value, Shape shape, int leading) {
    Map<String, Tensor> slots = new LinkedHashMap<>();
    for (Optimizer.Slot slot : transform().slots()) {
      slots.put(slot.name(), Tensor.filled(slot.shape(shape, leading), slot.initial()));
    }
    return new Optimizer.Inputs(
        value, gradient, leading, null, slots, Tensor.constant(0.1), Tensor.constant(1), true);
  }

  private static double[] doubles(Transformed transformed) {
    Program program = Program.named("transform").output("g", transformed.gradient()).build();
    try (Backend backend = new CheckedBackend(new ReferenceBackend());
        Executable executable = backend.compile(program)) {
      return executable.run(Map.of()).get("g").doubles();
    }
  }
}
