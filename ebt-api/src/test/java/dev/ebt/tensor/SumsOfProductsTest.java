package dev.ebt.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Backend;
import dev.ebt.backend.reference.ReferenceBackend;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The derivative of a loss of y = x − α h W for α, h and W. */
class SumsOfProductsTest {
  private static final Shape HIDDEN = Shape.of(2, 3, 4);
  private static final Shape CANDIDATE = Shape.of(2, 3, 40);

  private final Tensor alpha = Tensor.input("alpha", Shape.scalar(), ElementType.REAL);
  private final Tensor hidden = Tensor.input("hidden", HIDDEN, ElementType.REAL);
  private final Tensor weight = Tensor.input("weight", Shape.of(4, 40), ElementType.REAL);
  private final Tensor start = Tensor.input("start", CANDIDATE, ElementType.REAL);

  @Test
  void theDerivativeForAFactorOfAProductDoesNotNeedTheProduct() {
    Program program = derivatives(List.of(alpha, hidden, weight));
    assertThat(sumsOfLarge(program)).isZero();
  }

  @Test
  void theProductIsUsedWhereNothingElseIsKnown() {
    assertThat(sumsOfLarge(derivatives(List.of(alpha)))).isEqualTo(1);
  }

  @Test
  void derivativesAreTheSame() {
    Map<String, Array> together = run(derivatives(List.of(alpha, hidden, weight)));
    Map<String, Array> alone = run(derivatives(List.of(alpha)));
    assertThat(together.get("0").item()).isCloseTo(alone.get("0").item(), within(1e-12));
  }

  private Program derivatives(List<Tensor> of) {
    Tensor product = Functions.matMul(hidden.reshape(6, 4), weight).reshape(CANDIDATE);
    Tensor candidate = start.minus(product.times(alpha));
    List<Tensor> gradients = Gradients.of(Functions.tanh(candidate).sum(), of);
    Program.Builder program = Program.named("derivatives");
    for (int i = 0; i < of.size(); i++) {
      program.output("" + i, gradients.get(i));
    }
    return program.build();
  }

  /** Returns the number of sums over elements of the size of a candidate. */
  private static long sumsOfLarge(Program program) {
    return program.nodes().stream()
        .filter(node -> node.op() instanceof Reductions.Reduce)
        .filter(node -> node.input(0).shape().elements() == CANDIDATE.elements())
        .count();
  }

  private static Map<String, Array> run(Program program) {
    Map<String, Array> inputs = new HashMap<>();
    program
        .inputs()
        .forEach(
            (name, input) -> {
              SplittableRandom random = new SplittableRandom(name.hashCode());
              Shape shape = input.inputShape();
              inputs.put(name, Array.of(shape, random.doubles(shape.elements()).toArray()));
            });
    try (Backend backend = new ReferenceBackend()) {
      return backend.compile(program).run(inputs);
    }
  }
}
