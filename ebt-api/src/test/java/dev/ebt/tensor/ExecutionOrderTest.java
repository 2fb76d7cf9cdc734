package dev.ebt.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Programs on tensors of 16 MiB, which are only counted. */
class ExecutionOrderTest {
  private static final int WIDTH = 256;
  private static final Shape ACTIVATIONS = Shape.of(1 << 14, WIDTH);
  private static final long EACH = 16L << 20;

  private final Variable weight = Variable.real("w", Shape.of(WIDTH, WIDTH));

  @Test
  void derivativesOfDetachedStepsDoNotAddUpTheirActivations() {
    assertThat(ProgramMemory.of(training(6)).peak())
        .isLessThan(ProgramMemory.of(training(2)).peak() + 2 * EACH);
  }

  @Test
  void productsForTheGradientOfAWeightDoNotWaitForEachOther() {
    Tensor x = Tensor.input("x", ACTIVATIONS, ElementType.REAL);
    Tensor sum = Tensor.zeros(weight.shape());
    Tensor last = x;
    for (int i = 0; i < 6; i++) {
      last = Functions.tanh(Functions.matMul(last, weight.read()));
      sum = sum.plus(Functions.matMul(last, true, last, false));
    }
    Program program =
        Program.named("p").output("last", last).output("sum", sum.times(last.sum())).build();
    // Two activations, and a few products.
    assertThat(ProgramMemory.of(program).peak()).isLessThan(3 * EACH);
  }

  @Test
  void elementsOfALargeTensorAreTakenBeforeItIsWrittenOver() {
    Tensor x = Tensor.input("x", ACTIVATIONS, ElementType.REAL);
    Tensor index = Tensor.input("i", Shape.of(ACTIVATIONS.size(0)), ElementType.INTEGER);
    Tensor z = x.minus(Functions.stopGradient(x.maxKeeping(-1)));
    Tensor loss = Functions.log(Functions.exp(z).sum(-1)).minus(Functions.elements(z, index));
    Tensor derivative = Gradients.of(loss.sum(), List.of(x)).get(0);
    Program program =
        Program.named("p").output("loss", loss).output("sum", derivative.square().sum()).build();
    // All are written over the input.
    assertThat(ProgramMemory.of(program).peak()).isLessThan(EACH * 3 / 2);
  }

  @Test
  void everyTensorComesOnceAndAfterItsInputs() {
    Program program = training(3);
    Set<Tensor> seen = new HashSet<>();
    for (Tensor node : program.nodes()) {
      assertThat(seen).containsAll(node.inputs());
      assertThat(seen.add(node)).isTrue();
    }
    assertThat(seen).containsAll(program.results());
    assertThat(seen).hasSameSizeAs(TensorGraph.inOrder(program.results()));
  }

  /** A loss after every step, each of which begins at the stopped result of the one before. */
  private Program training(int steps) {
    Tensor candidate = Tensor.input("x", ACTIVATIONS, ElementType.REAL);
    Tensor loss = Tensor.constant(0);
    for (int i = 0; i < steps; i++) {
      candidate = Functions.stopGradient(candidate);
      for (int layer = 0; layer < 4; layer++) {
        candidate = Functions.tanh(Functions.matMul(candidate, weight.read()));
      }
      loss = loss.plus(candidate.square().sum());
    }
    List<Tensor> gradients = Gradients.of(loss, List.of(weight.read()));
    return Program.named("training")
        .output("loss", loss)
        .update(weight, weight.read().minus(gradients.get(0)))
        .build();
  }
}
