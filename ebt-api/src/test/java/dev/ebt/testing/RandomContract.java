package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.Executable;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests that random numbers are those of Philox on every backend. */
interface RandomContract extends BackendUnderTest {
  long SEED = 0x123456789ABCDEFL;

  @Test
  default void normalNumbersAreThoseOfPhilox() {
    for (int[] sizes : new int[][] {{}, {1}, {2, 3}, {4, 5, 5}, {257}}) {
      Shape shape = Shape.of(sizes);
      double[] expected = Philox.normal(Philox.key(SEED, 3), 7, shape.elements());
      assertClose(
          "normal",
          draw(key -> Functions.randomNormal(key, 3, shape), SEED, 7),
          of(shape, expected));
    }
  }

  @Test
  default void uniformNumbersAreThoseOfPhilox() {
    for (int[] sizes : new int[][] {{}, {3}, {2, 3}, {1, 1030}}) {
      Shape shape = Shape.of(sizes);
      double[] expected = Philox.uniform(Philox.key(-SEED, 1L << 35), 1L << 33, shape.elements());
      assertClose(
          "uniform",
          draw(key -> Functions.randomUniform(key, 1L << 35, shape), -SEED, 1L << 33),
          of(shape, expected));
    }
  }

  @Test
  default void numbersDependOnKeyAndSiteOnly() {
    Shape shape = Shape.of(8);
    Tensor key = Tensor.input("key", Shape.of(2), ElementType.INTEGER);
    Program program =
        Program.named("random")
            .output("a", Functions.randomNormal(key, 1, shape))
            .output("b", Functions.randomNormal(key, 2, shape))
            .output("again", Functions.randomNormal(key, 1, shape))
            .build();
    try (Executable executable = backend().compile(program)) {
      Map<String, Array> first = executable.run(Map.of("key", key(5, 0)));
      assertThat(first.get("again")).isEqualTo(first.get("a"));
      assertThat(first.get("b")).isNotEqualTo(first.get("a"));
      assertThat(executable.run(Map.of("key", key(5, 1))).get("a")).isNotEqualTo(first.get("a"));
      assertThat(executable.run(Map.of("key", key(6, 0))).get("a")).isNotEqualTo(first.get("a"));
      assertThat(executable.run(Map.of("key", key(5, 0)))).isEqualTo(first);
    }
  }

  private Array draw(java.util.function.Function<Tensor, Tensor> random, long seed, long step) {
    return value(xs -> random.apply(xs.get(0)), key(seed, step));
  }

  private static Array key(long seed, long step) {
    return Array.of(Shape.of(2), seed, step);
  }

  private static Array of(Shape shape, double... values) {
    return Array.of(shape, values);
  }
}
