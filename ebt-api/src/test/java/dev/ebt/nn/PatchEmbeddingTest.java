package dev.ebt.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PatchEmbeddingTest {
  /** Two channels, one patch above the other; within a patch rows, columns, channels. */
  @Test
  void patchesComeBackToTheirPlaces() {
    double[] numbers = IntStream.range(0, 16).asDoubleStream().toArray();
    Tensor patches = Tensor.constant(Array.of(Shape.of(1, 2, 8), numbers));
    Program program =
        Program.named("test").output("image", PatchEmbedding.assemble(patches, 2, 2)).build();
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Array image = backend.compile(program).run(Map.of()).get("image");
      assertThat(image.shape()).isEqualTo(Shape.of(1, 2, 4, 2));
      assertThat(image.doubles())
          .containsExactly(0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15);
    }
  }
}
