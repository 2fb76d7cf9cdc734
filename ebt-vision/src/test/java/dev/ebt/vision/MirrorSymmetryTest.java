package dev.ebt.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MirrorSymmetryTest {
  private static final Shape IMAGES = Shape.of(2, 1, 2, 3);

  @Test
  void theEnergyIsTheDistanceFromTheMirroredImage() {
    Tensor images = Tensor.input("images", IMAGES, ElementType.REAL);
    Tensor energy =
        new MirrorSymmetry()
            .energy(
                NamedTensors.empty(), images, Tensor.constant(Array.scalar(0L)), new Parameters());
    Program program =
        Program.named("energy")
            .output("energy", energy)
            .output("gradient", Gradients.of(energy, images))
            .build();
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Map<String, Array> found =
          backend
              .compile(program)
              .run(
                  Map.of(
                      "images",
                      Array.of(IMAGES, 1.0, 5.0, 1.0, -2.0, 0.0, -2.0, 1.0, 5.0, 3.0, 0, 7.0, 0)));
      // The second image differs from its mirror by 2, twice.
      assertThat(found.get("energy").doubles()).containsExactly(new double[] {0, 2}, within(1e-12));
      assertThat(found.get("gradient").doubles())
          .containsExactly(new double[] {0, 0, 0, 0, 0, 0, -2, 0, 2, 0, 0, 0}, within(1e-12));
    }
  }
}
