package dev.ebt.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.testing.CheckedBackend;
import dev.ebt.testing.CompositeCase;
import dev.ebt.testing.FiniteDifferences;
import dev.ebt.testing.TestArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which derivative is taken: with respect to what, through what, and of what order. */
class GradientsTest {
  private final Tensor x = Tensor.input("x", Shape.of(3), ElementType.REAL);
  private final Array at = Array.of(Shape.of(3), 0.5, -1.0, 2.0);

  @Test
  void derivativesOfAnyOrder() {
    Tensor y = x.square().square();
    Tensor first = Gradients.of(y, x);
    Tensor second = Gradients.of(first, x);
    Tensor third = Gradients.of(second, x);
    Tensor fourth = Gradients.of(third, x);
    assertValue(first, 4 * 0.125, -4, 32);
    assertValue(second, 12 * 0.25, 12, 48);
    assertValue(third, 24 * 0.5, -24, 48);
    assertValue(fourth, 24, 24, 24);
    assertValue(Gradients.of(fourth, x), 0, 0, 0);
  }

  @Test
  void mixedDerivativesOfTwoTensors() {
    Tensor y = Tensor.input("y", Shape.of(3), ElementType.REAL);
    Tensor energy = x.square().times(Functions.exp(y));
    Tensor mixed = Gradients.of(Gradients.of(energy, x), y);
    double[] found = value(mixed, Map.of("x", at, "y", at)).doubles();
    for (int i = 0; i < 3; i++) {
      assertThat(found[i]).isCloseTo(2 * at.real(i) * Math.exp(at.real(i)), within(1e-12));
    }
  }

  @Test
  void elementsOfTheLastAxisAreThoseThatOneHotRowsPick() {
    Tensor rows = Tensor.input("rows", Shape.of(2, 2, 3), ElementType.REAL);
    Tensor indices = Tensor.constant(Array.of(Shape.of(2, 2), 2L, 0L, 1L, 1L));
    Map<String, Array> values = Map.of("rows", TestArrays.mixed(3, 2, 2, 3));
    Tensor logarithms = Functions.logSoftmax(rows);
    Tensor picked = Functions.elements(logarithms, indices);
    Tensor multiplied = logarithms.times(Functions.oneHot(indices, 3)).sum(-1);
    assertThat(picked.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(value(picked, values)).isEqualTo(value(multiplied, values));
    assertThat(value(Gradients.of(picked, rows), values))
        .isEqualTo(value(Gradients.of(multiplied, rows), values));
    Tensor huge = Tensor.input("huge", Shape.of(60_000, 50_000), ElementType.REAL);
    Tensor each = Tensor.input("each", Shape.of(60_000), ElementType.INTEGER);
    assertThat(Functions.elements(huge, each).shape()).isEqualTo(each.shape());
    assertThatThrownBy(() -> Functions.elements(rows, indices.reshape(4)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("elements: indices [4] in [2, 2, 3]");
  }

  @Test
  void derivativeOfAStepOfThinking() {
    // The loss after c₁ = c₀ − α ∂E/∂c, for the step size and the weights: a second derivative.
    FiniteDifferences.check(
        xs -> {
          Tensor energy = Functions.tanh(xs.get(0).dot(xs.get(1))).square();
          Tensor move = Gradients.of(energy, xs.get(0)).times(xs.get(2));
          return Functions.logSoftmax(xs.get(0).minus(move));
        },
        List.of(TestArrays.mixed(1, 2, 4), TestArrays.mixed(2, 4, 3), Array.scalar(0.7)));
  }

  @Test
  void nothingPassesStopGradient() {
    assertValue(Gradients.of(x.times(Functions.stopGradient(x.square())), x), 0.25, 1, 4);
    assertValue(Gradients.of(Functions.stopGradient(x), x), 0, 0, 0);
    assertThat(Functions.stopGradient(Functions.stopGradient(x)).input(0)).isSameAs(x);
  }

  @Test
  void interiorTensorsHaveGradientsOfTheirOwn() {
    Tensor inner = x.times(3);
    assertValue(Gradients.of(inner.square(), inner), 3, -6, 12);
    List<Tensor> both = Gradients.of(inner.square().times(x), List.of(inner, x));
    assertValue(both.get(0), 2 * 1.5 * 0.5, 6, 24);
    assertValue(both.get(1), 27 * 0.25, 27, 108);
    assertValue(Gradients.of(inner, inner), 1, 1, 1);
  }

  /** Simplification must not look past the tensor that a derivative is asked for. */
  @Test
  void interiorTensorsAreNotSimplifiedAway() {
    Tensor other = Functions.exp(x);
    Tensor negated = x.negate();
    assertValue(Gradients.of(negated.negate().square(), negated), -1, 2, -4);
    assertValue(Gradients.of(other.plus(negated), negated), 1, 1, 1);
    assertValue(Gradients.of(other.minus(negated), negated), -1, -1, -1);
    assertValue(Gradients.of(negated.times(2), negated), 2, 2, 2);
    assertValue(Gradients.of(negated.times(x), negated), 0.5, -1, 2);
    Tensor difference = x.minus(other);
    assertValue(Gradients.of(difference.negate(), difference), -1, -1, -1);
    Tensor scaled = x.times(2);
    assertValue(Gradients.of(scaled.times(3), scaled), 3, 3, 3);
    Tensor shaped = x.square().reshape(3, 1);
    assertValue(Gradients.of(shaped.reshape(1, 3), shaped).reshape(3), 1, 1, 1);
    Tensor turned = shaped.broadcastTo(Shape.of(3, 2)).transpose(1, 0);
    Tensor weights = Tensor.range(2).reshape(1, 2);
    Tensor y = turned.transpose(1, 0).times(Functions.real(weights));
    assertValue(Gradients.of(y, turned).reshape(6), 0, 0, 0, 1, 1, 1);
    Tensor matrix = Tensor.constant(Array.of(Shape.of(3, 1), 1.0, 2.0, 3.0));
    Tensor candidate = x.square().reshape(1, 3);
    assertValue(Gradients.of(candidate.dot(matrix), candidate).reshape(3), 1, 2, 3);
  }

  @Test
  void readingTwiceIsOneVariable() {
    Variable variable = Variable.real("v", Shape.of(3));
    Tensor y = variable.read().times(variable.read());
    Tensor gradient = Gradients.of(y, variable.read());
    Tensor again = Tensor.input("x", Shape.of(3), ElementType.REAL);
    try (CheckedBackend backend = new CheckedBackend(new ReferenceBackend())) {
      backend.assign(variable, at);
      Program program =
          Program.named("p")
              .output("v", gradient)
              .output("x", Gradients.of(x.times(again), again))
              .build();
      Map<String, Array> outputs = backend.compile(program).run(Map.of("x", at));
      assertThat(outputs.get("v")).isEqualTo(Array.of(Shape.of(3), 1.0, -2.0, 4.0));
      assertThat(outputs.get("x")).isEqualTo(Array.of(Shape.of(3), 1.0, -2.0, 4.0));
    }
  }

  @Test
  void gradientsThatAreZeroAreZeros() {
    Tensor other = Tensor.input("other", Shape.of(2, 2), ElementType.REAL);
    Tensor zero = Gradients.of(x.square(), other);
    assertThat(zero.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(zero.uniformValue()).isZero();
    assertValue(Gradients.of(Functions.sign(x), x), 0, 0, 0);
    assertValue(Gradients.of(Functions.real(x.less(Tensor.constant(1))), x), 0, 0, 0);
    assertValue(Gradients.of(Gradients.of(x.times(2), x), x), 0, 0, 0);
  }

  /** ∂(Σᵢ Eᵢ)/∂cⱼ = ∂Eⱼ/∂cⱼ: a row alone moves as it does among others, however many there are. */
  @Test
  void eachEnergyHasItsOwnGradient() {
    List<Array> arguments = CompositeCase.energy().at();
    Tensor candidate = Tensor.input("c", Shape.of(2, 3, 4), ElementType.REAL);
    List<Tensor> xs = new ArrayList<>(arguments.stream().map(Tensor::constant).toList());
    xs.set(0, candidate);
    Tensor energy = CompositeCase.energy().function().apply(xs);
    Tensor all = Gradients.of(energy, candidate);
    Tensor first = Gradients.of(energy.slice(0, 0, 1), candidate);
    Map<String, Array> inputs = Map.of("c", arguments.get(0));
    double[] together = value(all, inputs).doubles();
    double[] alone = value(first, inputs).doubles();
    for (int i = 0; i < 24; i++) {
      // Row 0 of the candidate is in the first half.
      assertThat(alone[i]).isEqualTo(i < 12 ? together[i] : 0);
    }
    assertThat(together).doesNotContain(0);
  }

  @Test
  void uniformConstantsHaveNoDerivative() {
    Tensor start = Tensor.zeros(Shape.of(3));
    assertThatThrownBy(() -> Gradients.of(start.times(x), start))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gradient")
        .hasMessageContaining("[3]");
    Tensor candidate = Functions.stopGradient(start);
    assertValue(Gradients.of(candidate.times(x), candidate), 0.5, -1, 2);
  }

  @Test
  void cotangentsMustFit() {
    assertThatThrownBy(() -> Gradients.of(x, Tensor.constant(1), List.of(x)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("gradient: [3] and [] differ");
    assertThatThrownBy(() -> Gradients.of(Functions.argMax(x), x))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("gradient: REAL expected, found INTEGER []");
  }

  private void assertValue(Tensor tensor, double... expected) {
    assertThat(value(tensor, Map.of("x", at)).doubles()).containsExactly(expected, within(1e-12));
  }

  private static Array value(Tensor tensor, Map<String, Array> inputs) {
    try (CheckedBackend backend = new CheckedBackend(new ReferenceBackend());
        Executable executable = backend.compile(Program.named("p").output("y", tensor).build())) {
      return executable.run(inputs).get("y");
    }
  }
}
