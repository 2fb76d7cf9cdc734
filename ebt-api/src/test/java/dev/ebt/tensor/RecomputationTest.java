package dev.ebt.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A training step of an energy: a step down its gradient, and the derivative of a loss of it. */
class RecomputationTest {
  private static final int LAYERS = 8;
  private static final int WIDTH = 64;
  private static final Shape WEIGHT = Shape.of(WIDTH, WIDTH);

  @Test
  void takesAFractionOfTheMemory() {
    int rows = 1 << 14;
    long kept = ProgramMemory.of(training(rows, false)).peak();
    long recomputed = ProgramMemory.of(training(rows, true)).peak();
    assertThat(recomputed).isLessThan(kept / 2);
  }

  @Test
  void everyTensorComesOnceAndAfterItsInputs() {
    Program program = training(1 << 10, true);
    Set<Tensor> seen = new HashSet<>();
    for (Tensor node : program.nodes()) {
      assertThat(seen).containsAll(node.inputs());
      assertThat(seen.add(node)).isTrue();
    }
    assertThat(seen).containsAll(program.results());
  }

  @Test
  void computesActivationsAtMostOncePerPass() {
    // There are four passes: two of the energy's gradient, and one back through each.
    assertThat(products(training(1 << 10, true)))
        .isGreaterThan(products(training(1 << 10, false)))
        .isLessThan(2 * products(training(1 << 10, false)));
  }

  @Test
  void costsOfStepsAddUp() {
    long four = products(steps(4));
    long eight = products(steps(8));
    long twelve = products(steps(12));
    assertThat(twelve - eight).isEqualTo(eight - four);
  }

  /** Thinking steps, each with the gradient of an energy that has one layer, and one loss. */
  private static Program steps(int count) {
    Tensor y = Tensor.input("y", Shape.of(1 << 10, WIDTH), ElementType.REAL);
    for (int i = 0; i < count; i++) {
      y = Functions.layerBoundary(y);
      Tensor soft = Functions.tanh(Functions.matMul(y, weight(0).read()));
      Tensor x = Functions.layerBoundary(Functions.matMul(soft, weight(1).read()));
      Tensor inner = Functions.tanh(Functions.matMul(x, weight(2).read()));
      x = Functions.layerBoundary(x.plus(Functions.matMul(inner, weight(3).read())));
      y = y.minus(Gradients.of(x.square().sum(1), y));
    }
    Tensor loss = y.square().sum();
    return Program.named("steps")
        .recompute(true)
        .output("gradient", Gradients.of(loss, weight(2).read()))
        .build();
  }

  @Test
  void resultsAreTheSame() {
    Map<String, Array> kept = results(training(1 << 10, false));
    Map<String, Array> recomputed = results(training(1 << 10, true));
    assertThat(recomputed.keySet()).isEqualTo(kept.keySet());
    kept.forEach(
        (name, array) -> {
          for (int i = 0; i < array.shape().elements(); i += 97) {
            assertThat(recomputed.get(name).real(i))
                .as(name)
                .isEqualTo(array.real(i), within(1e-9 * (1 + Math.abs(array.real(i)))));
          }
        });
  }

  @Test
  void programsWithoutRecomputationHaveNoBoundaries() {
    assertThat(training(1 << 10, false).nodes())
        .noneMatch(node -> node.op() instanceof Pointwise.Barrier);
  }

  @Test
  void smallActivationsAreKept() {
    assertThat(training(8, true).nodes()).noneMatch(node -> node.op() instanceof Pointwise.Barrier);
  }

  private static long products(Program program) {
    return program.nodes().stream().filter(node -> node.op() instanceof MatMul).count();
  }

  private static Map<String, Array> results(Program program) {
    ReferenceBackend backend = new ReferenceBackend();
    for (Variable variable : program.reads()) {
      backend.assign(variable, numbers(variable.shape()));
    }
    return backend.compile(program).run(Map.of("y", numbers(Shape.of(1 << 10, WIDTH))));
  }

  private static Array numbers(Shape shape) {
    double[] numbers = new double[shape.elements()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Math.sin(i * 0.7) / 4;
    }
    return Array.of(shape, numbers);
  }

  static Program training(int rows, boolean recompute) {
    Tensor y = Tensor.input("y", Shape.of(rows, WIDTH), ElementType.REAL);
    Tensor energy = energy(y);
    Tensor thought = y.minus(Gradients.of(energy, y));
    Tensor loss = thought.square().sum().plus(energy.sum());
    Program.Builder program = Program.named("training").recompute(recompute).output("loss", loss);
    for (int i = 0; i < LAYERS; i++) {
      Variable weight = weight(i);
      program.output("gradient" + i, Gradients.of(loss, weight.read()));
    }
    return program.build();
  }

  private static Tensor energy(Tensor y) {
    Tensor x = Functions.layerBoundary(y);
    for (int i = 0; i < LAYERS; i++) {
      Tensor inner = x;
      for (int k = 0; k < 4; k++) {
        inner = Functions.tanh(Functions.matMul(inner, weight(i).read()));
      }
      x = Functions.layerBoundary(x.plus(inner));
    }
    return x.square().sum(1);
  }

  private static Variable weight(int layer) {
    return Variable.real("w" + layer, WEIGHT);
  }
}
