package dev.ebt.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.plugin.ProgressListener;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ImageStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDatasetTest {
  @TempDir private Path folder;

  @Test
  void noiseOfARowIsAlwaysTheSame() {
    Dataset dataset = shapes(0.1, null, 7);
    Batch together = dataset.training().batch(3, 9, 3);
    Batch alone = dataset.training().batch(9);
    Array noisy = together.context().get(DenoisingModality.NOISY);
    assertThat(noisy.shape()).isEqualTo(Shape.of(3, 3, 8, 8));
    assertThat(together.weight()).isEqualTo(Array.filled(Shape.of(3), 1));
    assertThat(row(noisy, 1)).isEqualTo(row(alone.context().get(DenoisingModality.NOISY), 0));
    assertThat(row(noisy, 2)).isEqualTo(row(noisy, 0)).isNotEqualTo(row(noisy, 1));
    Batch other = shapes(0.1, null, 8).training().batch(9);
    assertThat(other.target()).isEqualTo(alone.target());
    assertThat(other.context()).isNotEqualTo(alone.context());
  }

  @Test
  void imageComesWithManyNoises() {
    Dataset dataset = shapes(0.1, null, 7);
    assertThat(dataset.training().size()).isEqualTo(100 * (262_144 / 100));
    assertThat(dataset.validation().size()).isEqualTo(20);
    Batch batch = dataset.training().batch(5, 105);
    assertThat(row(batch.target(), 0)).isEqualTo(row(batch.target(), 1));
    Array noisy = batch.context().get(DenoisingModality.NOISY);
    assertThat(row(noisy, 0)).isNotEqualTo(row(noisy, 1));
  }

  @Test
  void noiseIsOfTheScheduleStrength() {
    assertThat(noise(shapes(0.1, null, 7), Math.sqrt(0.89702)))
        .isCloseTo(Math.sqrt(1 - 0.89702), within(0.01));
    assertThat(noise(shapes(0.2, null, 7), Math.sqrt(0.65904)))
        .isCloseTo(Math.sqrt(1 - 0.65904), within(0.01));
  }

  @Test
  void levelsCanBeDrawn() {
    Dataset dataset = shapes(0.3, 0.001, 7);
    Set<Long> strengths = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      Batch batch = dataset.training().batch(i);
      float[] noisy = batch.context().get(DenoisingModality.NOISY).floats();
      double sum = 0;
      for (int j = 0; j < noisy.length; j++) {
        sum += Math.pow(noisy[j] - batch.target().real(j), 2);
      }
      strengths.add(Math.round(10 * Math.sqrt(sum / noisy.length)));
    }
    assertThat(strengths).hasSizeGreaterThan(3);
  }

  @Test
  void fingerprintTellsWhatIsLearntFrom() {
    String one = shapes(0.1, null, 7).fingerprint();
    assertThat(shapes(0.1, null, 7).fingerprint()).isEqualTo(one);
    assertThat(shapes(0.2, null, 7).fingerprint()).isNotEqualTo(one);
    assertThat(shapes(0.1, null, 8).fingerprint()).isNotEqualTo(one);
    assertThat(shapes(0.1, null, 7).description())
        .isEqualTo(
            "built-in shapes, gradients and textures: 100 images for training,"
                + " 20 for validation; 8x8, colour, values -1 to 1, noise 0.1");
  }

  @Test
  void ownImagesAreSplitByWhatIsInThem() throws IOException {
    for (int i = 0; i < 20; i++) {
      write("a" + i + ".png", i);
      write("copies/b" + i + ".png", i);
    }
    Dataset dataset = folder(0.2);
    assertThat(dataset.validation().size()).isEqualTo(4);
    assertThat(dataset.description())
        .contains(
            "16 images for training, 4 for validation; 8x8, colour, values -1 to 1, noise 0.1")
        .contains("20 duplicates removed");
    Set<Float> validation = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      validation.add(dataset.validation().batch(i).target().floats()[0]);
    }
    for (int i = 0; i < 16; i++) {
      assertThat(validation).doesNotContain(dataset.training().batch(i).target().floats()[0]);
    }
    assertThat(folder(1.0).training().size()).isZero();
    assertThat(folder(1.0).validation().size()).isEqualTo(20);
  }

  @Test
  void fingerprintOfAFolderIsOfItsImages() throws IOException {
    write("a.png", 1);
    write("b.png", 2);
    String one = folder(0.5).fingerprint();
    Files.move(folder.resolve("a.png"), folder.resolve("z.png"));
    assertThat(folder(0.5).fingerprint()).isEqualTo(one);
    write("c.png", 3);
    assertThat(folder(0.5).fingerprint()).isNotEqualTo(one);
  }

  @Test
  void whatMakersSetApartStaysApartUnlessAShareIsAskedFor() throws IOException {
    idx("train-images-idx3-ubyte", 0, 1, 2, 3, 4, 5, 5, 9);
    idx("t10k-images-idx3-ubyte", 8, 9);
    Dataset dataset = folder(null);
    assertThat(dataset.description())
        .contains("6 images for training, 2 for validation; 8x8")
        .contains("; 2 duplicates removed");
    assertThat(Set.of(first(dataset, 0), first(dataset, 1)))
        .containsExactlyInAnyOrder(8 / 127.5f - 1, 9 / 127.5f - 1);
    assertThat(folder(0.5).validation().size()).isEqualTo(4);
    assertThat(folder(1.0).validation().size()).isEqualTo(8);
    assertThat(folder(0.5).fingerprint()).isNotEqualTo(dataset.fingerprint());
  }

  @Test
  void foldersTrainAndValAreASplit() throws IOException {
    for (int i = 0; i < 6; i++) {
      write((i < 4 ? "train/" : i < 5 ? "val/" : "test/") + i + ".png", i);
    }
    Dataset dataset = folder(null);
    assertThat(dataset.description())
        .contains(": 4 images for training, 1 for validation; 8x8")
        .endsWith("; folder train for training, folder val for validation; folder test not used");
    assertThat(first(dataset, 0)).isEqualTo(40 / 127.5f - 1);
    Dataset anew = folder(0.5);
    assertThat(anew.description())
        .contains(": 3 images for training, 3 for validation; 8x8")
        .doesNotContain("folder train");
  }

  private static float first(Dataset dataset, int row) {
    return dataset.validation().batch(row).target().floats()[0];
  }

  /** Images of one grey each. */
  private void idx(String name, int... greys) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(16 + greys.length * 64);
    bytes.putInt(0x803).putInt(greys.length).putInt(8).putInt(8);
    for (int grey : greys) {
      for (int i = 0; i < 64; i++) {
        bytes.put((byte) grey);
      }
    }
    Files.write(folder.resolve(name), bytes.array());
  }

  @Test
  void oneImageIsTooFew() throws IOException {
    write("a.png", 1);
    assertThatThrownBy(() -> folder(0.1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has 1 different image: too few");
    assertThatThrownBy(() -> new ImageDatasetSettings("x", 0.0, null, null))
        .hasMessage("data.validation is 0.0; more than 0, up to 1 expected");
    assertThatThrownBy(() -> new ImageDatasetSettings(" ", null, null, null))
        .hasMessageContaining("data.path is missing");
  }

  private static Dataset shapes(double noise, @Nullable Double least, long seed) {
    return Datasets.shapes(
        new ProceduralImageSettings(100, 20, null), modality(noise, least), seed);
  }

  private Dataset folder(@Nullable Double validation) {
    ImageDatasetSettings data = new ImageDatasetSettings(folder.toString(), validation, null, null);
    return Datasets.own(
        data, modality(0.1, null), 1, new ImageStore(3, 8), ProgressListener.NOBODY);
  }

  private static DenoisingModality modality(double noise, @Nullable Double least) {
    return new DenoisingModality(new DenoisingSettings(8, 3, 4, noise, least, null));
  }

  /** The root mean square of what is not signal. */
  private static double noise(Dataset dataset, double signal) {
    Batch batch = dataset.training().batch(java.util.stream.IntStream.range(0, 50).toArray());
    float[] noisy = batch.context().get(DenoisingModality.NOISY).floats();
    double sum = 0;
    for (int i = 0; i < noisy.length; i++) {
      sum += Math.pow(noisy[i] - signal * batch.target().real(i), 2);
    }
    return Math.sqrt(sum / noisy.length);
  }

  private static float[] row(Array array, int row) {
    int size = array.shape().elements() / array.shape().size(0);
    return java.util.Arrays.copyOfRange(array.floats(), row * size, (row + 1) * size);
  }

  /** An image of one colour. */
  private void write(String name, int number) throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      image.setRGB(i % 8, i / 8, 10 * number << 16);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }
}
