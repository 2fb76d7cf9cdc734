package dev.ebt.vision.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.UserException;
import dev.ebt.modality.LatentSpace;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.LatentSpaceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalComponentsTest extends LatentSpaceContract {
  private static final int VALUES = 12;

  @Override
  protected LatentSpace space() {
    return of(2);
  }

  @Override
  protected List<float[]> arrays() {
    return plane(5);
  }

  /** Frames on a plane in a space of twelve dimensions. */
  private static List<float[]> plane(int count) {
    RandomGenerator random = Philox.generator(1, 2);
    List<float[]> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double a = 2 * random.nextGaussian();
      double b = random.nextGaussian();
      float[] frame = new float[VALUES];
      for (int j = 0; j < VALUES; j++) {
        frame[j] = (float) (0.1 * j + a * (j % 2) - b * (j % 3));
      }
      frames.add(frame);
    }
    return frames;
  }

  /** By products of frames where they are fewer than values, by products of values elsewhere. */
  @ParameterizedTest
  @ValueSource(ints = {5, 40})
  void whatIsOnAPlaneComesBackFromTwoNumbers(int count) {
    PrincipalComponents components = of(2);
    List<float[]> frames = plane(count);
    components.fit(frames);
    double squares = 0;
    for (float[] frame : frames) {
      Tensor x = Tensor.constant(Array.of(Shape.of(VALUES), frame));
      Tensor z = components.encode(x);
      double[] latent = run(z);
      assertThat(latent).hasSize(2);
      squares += latent[0] * latent[0] + latent[1] * latent[1];
      double[] back = run(components.decode(z));
      for (int j = 0; j < VALUES; j++) {
        assertThat(back[j]).isCloseTo(frame[j], within(1e-5));
      }
    }
    assertThat(squares / count / 2).isCloseTo(1, within(1e-5));
    assertThat(components.description()).contains("with 100.0 % of the variance");
  }

  @Test
  void distancesStayInProportion() {
    PrincipalComponents components = of(2);
    List<float[]> frames = plane(6);
    components.fit(frames);
    double scale = components.fitted().get("encoder.scale").item();
    double[] first = run(components.encode(constant(frames.get(0))));
    double[] second = run(components.encode(constant(frames.get(1))));
    double latent = Math.hypot(first[0] - second[0], first[1] - second[1]);
    double sum = 0;
    for (int j = 0; j < VALUES; j++) {
      sum += Math.pow(frames.get(0)[j] - frames.get(1)[j], 2);
    }
    assertThat(scale * latent).isCloseTo(Math.sqrt(sum), within(1e-5));
  }

  @Test
  void moreComponentsThanDirectionsAreRefused() {
    assertThatThrownBy(() -> of(3).fit(plane(40)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "modality.encoder.components is 3, but 40 frames differ in 2 directions only");
  }

  @Test
  void moreComponentsThanValuesAreRefused() {
    assertThatThrownBy(() -> of(13))
        .isInstanceOf(UserException.class)
        .hasMessage("modality.encoder.components is 13; 1 to 12, the values of a frame, expected");
    assertThatThrownBy(() -> new PrincipalComponentSettings(0))
        .hasMessage("modality.encoder.components is 0; at least 1 expected");
  }

  private static PrincipalComponents of(int components) {
    return new PrincipalComponents(new PrincipalComponentSettings(components), Shape.of(3, 2, 2));
  }

  private static Tensor constant(float[] frame) {
    return Tensor.constant(Array.of(Shape.of(VALUES), frame));
  }

  private static double[] run(Tensor tensor) {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      return backend
          .compile(Program.named("test").output("result", tensor).build())
          .run(Map.of())
          .get("result")
          .doubles();
    }
  }
}
