package dev.ebt.vision.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.error.UserException;
import dev.ebt.modality.LatentSpace;
import dev.ebt.store.Safetensors;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.LatentSpaceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedAutoencoderTest extends LatentSpaceContract {
  private static final Shape FRAME = Shape.of(1, 4, 4);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() {
    file = write("weights.safetensors", weights());
  }

  private Path write(String name, Map<String, Array> weights) {
    Path written = folder.resolve(name);
    new Safetensors(weights, Map.of()).write(written);
    return written;
  }

  private static Map<String, Array> weights() {
    RandomGenerator random = Philox.generator(3, 0);
    Map<String, Array> weights = new LinkedHashMap<>();
    new AutoencoderNetwork(FRAME, 2, 3, 5, 2)
        .shapes()
        .forEach((name, shape) -> weights.put(name, Array.of(shape, normal(random, shape))));
    return weights;
  }

  private static float[] normal(RandomGenerator random, Shape shape) {
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.5 * random.nextGaussian());
    }
    return values;
  }

  @Override
  protected LatentSpace space() {
    return TrainedAutoencoder.read(file).of(FRAME);
  }

  @Override
  protected List<float[]> arrays() {
    RandomGenerator random = Philox.generator(4, 0);
    List<float[]> frames = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      frames.add(normal(random, FRAME));
    }
    return frames;
  }

  @Test
  void sizesAreToldByTheWeights() {
    assertThat(weights().entrySet().stream().map(e -> e.getKey() + " " + e.getValue().shape()))
        .containsExactly(
            "encoder.patch.weight [3, 4]",
            "encoder.patch.bias [3]",
            "encoder.hidden.weight [5, 12]",
            "encoder.hidden.bias [5]",
            "encoder.latent.weight [2, 5]",
            "encoder.latent.bias [2]",
            "decoder.latent.weight [5, 2]",
            "decoder.latent.bias [5]",
            "decoder.hidden.weight [12, 5]",
            "decoder.hidden.bias [12]",
            "decoder.patch.weight [4, 3]",
            "decoder.patch.bias [4]");
    assertThat(space().size()).isEqualTo(2);
    assertThat(space().fingerprint()).startsWith("2 latents of an autoencoder (");
  }

  /** In plain loops: L gelu(H [gelu(P x₁), …]), then the mean and the scale off. */
  @Test
  void encodesAsItsFormulaSays() {
    float[] frame = arrays().get(0);
    double[] patches = new double[12];
    for (int patch = 0; patch < 4; patch++) {
      double[] x = new double[4];
      for (int i = 0; i < 4; i++) {
        x[i] = frame[(patch / 2 * 2 + i / 2) * 4 + patch % 2 * 2 + i % 2];
      }
      System.arraycopy(bent(map("encoder.patch", x)), 0, patches, patch * 3, 3);
    }
    double[] code = map("encoder.latent", bent(map("encoder.hidden", patches)));
    LatentSpace space = space();
    space.fit(arrays());
    Array mean = space.fitted().get("encoder.mean");
    double scale = space.fitted().get("encoder.scale").item();
    double[] encoded = HostEvaluator.run(space::encode, List.of(frame)).doubles();
    for (int i = 0; i < 2; i++) {
      assertThat(encoded[i]).isCloseTo((code[i] - mean.real(i)) / scale, within(1e-6));
    }
  }

  private static double[] map(String name, double... x) {
    Array weight = weights().get(name + ".weight");
    double[] y = weights().get(name + ".bias").doubles().clone();
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < x.length; j++) {
        y[i] += weight.real(i * x.length + j) * x[j];
      }
    }
    return y;
  }

  private static double[] bent(double... x) {
    double[] y = x.clone();
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i] * 0.5 * (1 + Erf.erf(x[i] / Math.sqrt(2)));
    }
    return y;
  }

  @Test
  void numbersAreOfUnitDeviation() {
    LatentSpace space = space();
    space.fit(arrays());
    double[] latents = HostEvaluator.run(space::encode, arrays()).doubles();
    double squares = 0;
    double[] sum = new double[2];
    for (int i = 0; i < latents.length; i++) {
      squares += latents[i] * latents[i] / latents.length;
      sum[i % 2] += latents[i];
    }
    assertThat(squares).isCloseTo(1, within(1e-5));
    assertThat(sum).containsExactly(new double[] {0, 0}, within(1e-5));
  }

  @Test
  void weightsThatDoNotFitAreRefused() {
    Map<String, Array> missing = weights();
    missing.remove("decoder.patch.bias");
    assertRefused(missing, FRAME, "tensor 'decoder.patch.bias' is missing; shape [4] expected");
    missing.remove("encoder.hidden.weight");
    assertRefused(
        missing,
        FRAME,
        "tensor 'encoder.hidden.weight' is missing; shape [hidden, patches · width] expected");
    Map<String, Array> wrong = weights();
    wrong.put("encoder.latent.bias", Array.filled(Shape.of(3), 0));
    wrong.put("more", Array.filled(Shape.of(3), 0));
    assertRefused(wrong, FRAME, "tensor 'encoder.latent.bias' has shape [3]; [2] expected");
    assertRefused(wrong, FRAME, "tensor 'more' found, which this configuration has no use for");
    wrong.put("encoder.patch.weight", Array.filled(Shape.of(3), 0));
    assertRefused(wrong, FRAME, "tensor 'encoder.patch.weight' has shape [3]; shape [width, ");
    assertRefused(
        weights(),
        Shape.of(1, 8, 8),
        "tensor 'encoder.hidden.weight' has shape [5, 12]; [5, 48] expected");
    assertRefused(
        weights(),
        Shape.of(3, 4, 4),
        "tensor 'encoder.patch.weight' is for patches of 4 values, squares of which do not make up"
            + " a frame; frames are 4x4 of 3 channels (modality.size, modality.channels)");
  }

  private void assertRefused(Map<String, Array> weights, Shape frame, String message) {
    Path wrong = write("wrong.safetensors", weights);
    assertThatThrownBy(() -> TrainedAutoencoder.read(wrong).of(frame))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(wrong.toString())
        .hasMessageContaining(message);
  }

  @Test
  void whatTellsNothingIsRefused() throws IOException {
    Map<String, Array> nothing = weights();
    nothing.put("encoder.latent.weight", Array.filled(Shape.of(2, 5), 0));
    Path blind = write("blind.safetensors", nothing);
    assertThatThrownBy(() -> TrainedAutoencoder.read(blind).of(FRAME).fit(arrays()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            blind
                + " has latents with standard deviation 0.0 over 6 frames; a finite one above 0"
                + " expected, from frames that differ");
    assertThatThrownBy(() -> TrainedAutoencoder.read(folder.resolve("none")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no file or folder " + folder.resolve("none"));
    Path text = Files.writeString(folder.resolve("text"), "no weights");
    assertThatThrownBy(() -> TrainedAutoencoder.read(text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not a safetensors file");
    assertThatThrownBy(() -> new TrainedAutoencoderSettings(" "))
        .hasMessageStartingWith("modality.encoder.path is missing");
  }

  /** A run keeps what it was made of. */
  @Test
  void copyIsTheSameEncoder() throws IOException {
    TrainedAutoencoder trained = TrainedAutoencoder.read(file);
    Map<String, byte[]> files = trained.files();
    Path copy = folder.resolve("copy");
    Files.write(copy, files.get(trained.settings().path()));
    assertThat(TrainedAutoencoder.read(copy).of(FRAME).fingerprint())
        .isEqualTo(space().fingerprint());
  }
}
