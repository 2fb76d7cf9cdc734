package dev.ebt.vision.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalComponentsTest {
  private static final int VALUES = 12;

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
    PrincipalComponents components = new PrincipalComponents(2, VALUES);
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
    assertThat(components.description()).contains("hold 100.0 % of the variance");
  }

  @Test
  void distancesStayInProportion() {
    PrincipalComponents components = new PrincipalComponents(2, VALUES);
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
  void whatWasFittedComesBackAndIsNotFittedAgain() {
    PrincipalComponents one = new PrincipalComponents(2, VALUES);
    one.fit(plane(30));
    assertThat(one.shapes())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "encoder.mean",
                Shape.of(VALUES),
                "encoder.directions",
                Shape.of(2, VALUES),
                "encoder.scale",
                Shape.of(1)));
    PrincipalComponents other = new PrincipalComponents(2, VALUES);
    other.restore(one.fitted());
    other.fit(plane(5));
    assertThat(other.fitted()).isEqualTo(one.fitted());
    PrincipalComponents again = new PrincipalComponents(2, VALUES);
    again.fit(plane(30));
    assertThat(again.fitted()).isEqualTo(one.fitted());
  }

  @Test
  void moreComponentsThanDirectionsAreRefused() {
    assertThatThrownBy(() -> new PrincipalComponents(3, VALUES).fit(plane(40)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "modality.components is 3, but 40 frames differ in 2 directions only");
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
