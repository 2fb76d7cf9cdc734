package dev.ebt.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.UserException;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.ImageSpec.Loss;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DenoisingModalityTest {
  private final DenoisingModality modality = of(Loss.SMOOTH_L1);

  @Test
  void lossIsTheMeanOverAImage() {
    // Differences 0, 0.5, 1, 2 and twelve times 0.
    Tensor candidate = image(0, 0.5, 1, -2);
    assertThat(run(modality.loss(candidate, zeros())).doubles())
        .containsExactly(new double[] {(0.125 + 0.5 + 1.5) / 16}, within(1e-12));
    assertThat(run(of(Loss.MSE).loss(candidate, zeros())).doubles())
        .containsExactly(new double[] {(0.25 + 1 + 4) / 16}, within(1e-12));
  }

  @Test
  void decibelsAreOfEachImage() {
    // Of 0 to 255, one image is off by 25.5 everywhere, the other one is right.
    double[] values = new double[32];
    java.util.Arrays.fill(values, 0, 16, 0.2);
    Tensor candidate = Tensor.constant(Array.of(Shape.of(2, 1, 4, 4), values));
    Tensor target = Tensor.zeros(Shape.of(2, 1, 4, 4));
    Map<String, Tensor> measures = modality.metrics(candidate, target);
    assertThat(run(measures.get("psnr")).doubles())
        .containsExactly(new double[] {20, 100}, within(1e-9));
    assertThat(run(measures.get("mse")).doubles())
        .containsExactly(new double[] {25.5 * 25.5, 0}, within(1e-9));
  }

  @Test
  void publishedErrorsGivePublishedDecibels() {
    double off = 2 * Math.sqrt(122.55) / 255;
    double[] values = new double[16];
    java.util.Arrays.fill(values, off);
    Tensor candidate = Tensor.constant(Array.of(Shape.of(1, 1, 4, 4), values));
    Map<String, Tensor> measures = modality.metrics(candidate, zeros());
    assertThat(run(measures.get("mse")).item()).isCloseTo(122.55, within(1e-9));
    assertThat(run(measures.get("psnr")).item()).isCloseTo(27.25, within(0.005));
  }

  @Test
  void measuresKeepValuesWithinTheirRange() {
    Map<String, Tensor> measures = modality.metrics(image(7, -7, 1, -1), image(1, -1, 1, -1));
    assertThat(run(measures.get("mse")).item()).isZero();
  }

  /**
   * The index as it is usually told, of values from 0 to 255: the expected figure is that of a
   * Gaussian window of deviation 1.5 in SciPy, cut after 3.5 deviations, covariances divided by the
   * sum of weights, the outer 5 pixels left out.
   */
  @Test
  void structuralSimilarityIsOfValuesFromZeroTo255() {
    int side = 16;
    double[] one = new double[side * side];
    double[] other = new double[side * side];
    for (int i = 0; i < one.length; i++) {
      int y = i / side;
      int x = i % side;
      int value = (i * 37 + y * y * 11 + x * 5) % 256;
      one[i] = value / 127.5 - 1;
      other[i] = Math.min(255, (int) (value * 0.6 + x * 9)) / 127.5 - 1;
    }
    Shape shape = Shape.of(1, 1, side, side);
    DenoisingModality large =
        new DenoisingModality(new DenoisingSettings(side, 1, 4, 0.1, null, Loss.MSE));
    Map<String, Tensor> measures =
        large.metrics(
            Tensor.constant(Array.of(shape, one)), Tensor.constant(Array.of(shape, other)));
    assertThat(run(measures.get("ssim")).item()).isCloseTo(0.8547222669, within(1e-9));
    Map<String, Tensor> blackAndWhite =
        large.metrics(
            Tensor.constant(Array.filled(shape, -1)), Tensor.constant(Array.filled(shape, 1)));
    assertThat(run(blackAndWhite.get("ssim")).item()).isCloseTo(6.5025 / 65031.5025, within(1e-9));
  }

  @Test
  void thinkingBeginsAtTheNoisyImage() {
    Tensor noisy = image(1, 2, 3, 4);
    Tensor key = Tensor.constant(Array.of(Shape.of(2), 1L, 2L));
    assertThat(
            modality.initialCandidate(
                NamedTensors.of(DenoisingModality.NOISY, noisy), key, noisy.shape()))
        .isSameAs(noisy);
    assertThat(modality.startsDiffer()).isFalse();
    assertThat(modality.toModelInput(noisy)).isSameAs(noisy);
    assertThat(modality.predictions()).isEqualTo(Shape.scalar());
    assertThat(modality.embedCandidate(noisy, 8, new Parameters()).shape())
        .isEqualTo(Shape.of(1, 4, 8));
    assertThat(modality.embedContext(NamedTensors.empty(), 8, new Parameters()).shape())
        .isEqualTo(Shape.of(1, 8));
  }

  @Test
  void imagesAreDescribedByNumbers() {
    Array noisy = Array.filled(Shape.of(1, 4, 4), 0);
    Array values = Array.filled(Shape.of(1, 4, 4), 0.5);
    assertThat(modality.describe(Map.of(DenoisingModality.NOISY, noisy), values))
        .isEqualTo("4x4 image, values 0.50 to 0.50, mean 0.50; 0.500 from the noisy one");
  }

  @Test
  void settingsWithoutMeaningAreRefused() {
    assertRefused(
        30, 3, 4, 0.1, null, "size 30 is not divisible by modality.patch 4; for instance size 32");
    assertRefused(0, 3, 4, 0.1, null, "modality.size is 0; 1 to 4096 expected");
    assertRefused(32, 4, 4, 0.1, null, "modality.channels is 4; 1 (grey) or 3 expected");
    assertRefused(32, 3, 0, 0.1, null, "modality.patch is 0; at least 1 expected");
    assertRefused(32, 3, 4, 0.0, null, "modality.noise is 0.0; 0.001 to 1 expected");
    assertRefused(32, 3, 4, Double.NaN, null, "modality.noise is NaN; 0.001 to 1 expected");
    assertRefused(32, 3, 4, 0.1, 0.2, "modality.minimumNoise 0.2 is more than modality.noise 0.1");
  }

  private static void assertRefused(
      int size, int channels, int patch, double noise, Double least, String message) {
    assertThatThrownBy(() -> new DenoisingSettings(size, channels, patch, noise, least, null))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  private static DenoisingModality of(Loss loss) {
    return new DenoisingModality(new DenoisingSettings(4, 1, 2, 0.1, null, loss));
  }

  /** An image of zeros but for its first values. */
  private static Tensor image(double... first) {
    return Tensor.constant(Array.of(Shape.of(1, 1, 4, 4), java.util.Arrays.copyOf(first, 16)));
  }

  private static Tensor zeros() {
    return Tensor.zeros(Shape.of(1, 1, 4, 4));
  }

  private static Array run(Tensor tensor) {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Program program = Program.named("test").output("result", tensor).build();
      return backend.compile(program).run(Map.of()).get("result");
    }
  }
}
