package dev.ebt.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Sha256Test {
  private static final Array TENSOR = Array.of(Shape.of(2, 1), new double[] {1, 2});

  @Test
  void tensorsDifferInNameShapeTypeOrValue() {
    List<Map<String, Array>> all =
        List.of(
            Map.of("a", TENSOR),
            Map.of("b", TENSOR),
            Map.of("a", TENSOR.reshape(Shape.of(1, 2))),
            Map.of("a", Array.of(Shape.of(2, 1), new long[] {1, 2})),
            Map.of("a", Array.of(Shape.of(2, 1), new double[] {1, 3})),
            Map.of("a", TENSOR, "b", TENSOR));
    assertThat(all.stream().map(Sha256::of).distinct()).hasSize(all.size());
  }

  @Test
  void precisionOfStorageMakesNoDifference() {
    Array floats = Array.of(Shape.of(2, 1), new float[] {1, 2});
    assertThat(Sha256.of(Map.of("a", floats))).isEqualTo(Sha256.of(Map.of("a", TENSOR)));
  }
}
