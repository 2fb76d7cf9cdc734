package dev.ebt.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.testing.FiniteDifferences;
import dev.ebt.testing.TestArrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Simplification keeps values and derivatives: random expressions against their plain evaluation.
 */
class SimplificationTest {
  static IntStream seeds() {
    return IntStream.range(0, 150);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void valuesAreThoseOfThePlainEvaluation(int seed) {
    Array at = TestArrays.spaced(seed, 2, 3);
    Tensor x = Tensor.input("x", at.shape(), ElementType.REAL);
    RandomExpression expression = new RandomExpression(seed, x, at.doubles());
    Program program = Program.named("p").output("y", expression.tensor()).build();
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program)) {
      double[] found = executable.run(Map.of("x", at)).get("y").doubles();
      assertThat(found).containsExactly(expression.values(), within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void derivativesAreThoseOfTheValues(int seed) {
    Array at = TestArrays.spaced(seed, 2, 3);
    FiniteDifferences.check(
        xs -> new RandomExpression(seed, xs.get(0), at.doubles()).tensor(), List.of(at));
  }
}
