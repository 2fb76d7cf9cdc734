package dev.ebt.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.plugin.ProgressListener;
import dev.ebt.store.Safetensors;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ImageStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConditionVectorsTest {
  private static final int LENGTH = 3;

  @TempDir private Path folder;

  private final Map<String, Array> vectors = new LinkedHashMap<>();

  @Test
  void everyImageComesWithItsVector() throws IOException {
    images("a.png", "dogs/1.png", "dogs/old/2.png", "cats/1.png");
    Dataset dataset = dataset();
    assertThat(dataset.description()).endsWith("values -1 to 1, conditioned on vectors of 3");
    for (int i = 0; i < dataset.training().size(); i++) {
      Batch batch = dataset.training().batch(i, 0);
      // The vector of an image begins with its grey.
      float grey = (batch.target().floats()[0] + 1) * 127.5f;
      float[] asked = batch.context().get(ImageGeneration.VECTOR).floats();
      assertThat(asked).hasSize(2 * LENGTH);
      assertThat(Math.round(grey)).isEqualTo(Math.round(asked[0]));
      assertThat(asked[1]).isEqualTo(-asked[0]);
    }
  }

  @Test
  void fingerprintIsOfImagesAndVectorsAndOfNoNames() throws IOException {
    images("a.png", "b.png", "c.png");
    String one = dataset().fingerprint();
    assertThat(dataset().fingerprint()).isEqualTo(one);

    Files.move(folder.resolve("photos/a.png"), folder.resolve("photos/z.png"));
    vectors.put("z.png", vectors.remove("a.png"));
    assertThat(dataset().fingerprint()).isEqualTo(one);

    vectors.put("z.png", Array.of(Shape.of(LENGTH), 9.0, 9, 9));
    assertThat(dataset().fingerprint()).isNotEqualTo(one);
  }

  @Test
  void wholeNumbersAndThoseOfOtherFilesAreWelcome() throws IOException {
    images("a.png", "b.png");
    vectors.put("a.png", Array.of(Shape.of(LENGTH), 1L, 0L, 1L));
    vectors.put("skipped.png", Array.of(Shape.of(LENGTH), 1.0, 2, 3));
    assertThat(dataset().training().size()).isEqualTo(1);
  }

  @Test
  void fileHasToBeThereAndWhole() throws IOException {
    images("a.png", "b.png");
    Path file = folder.resolve("vectors.safetensors");
    assertRefused(3, file, "data.vectors: " + file + ": no such file");
    Files.writeString(file, "cut");
    assertRefused(
        3, file, "data.vectors: %s is not a safetensors file: it has 3 bytes".formatted(file));
    new Safetensors(Map.of(), Map.of()).write(file);
    assertRefused(3, file, "data.vectors: %s has no tensors; one per image".formatted(file));
  }

  @Test
  void imagesWithoutAVectorAreNamedAndCounted() throws IOException {
    images("a.png", "b/1.png", "b/2.png");
    vectors.keySet().retainAll(List.of("a.png"));
    vectors.put("1.png", vectors.get("a.png"));
    Path file = written();
    assertRefused(
        3,
        file,
        "data.vectors: %s has no vector for 2 of the 3 images of %s: 'b/1.png', 'b/2.png'; it has 'a.png', '1.png'. Add one tensor per image, named by its path in the folder"
            .formatted(file, folder.resolve("photos")));
  }

  @Test
  void vectorsAreOfOneLengthAndFinite() throws IOException {
    images("a.png", "b.png");
    Path file = written();
    assertRefused(
        4,
        file,
        "data.vectors: %s: tensor 'a.png' has shape [3]; [4] expected, as modality.conditionDimension is 4"
            .formatted(file));
    vectors.put("b.png", Array.of(Shape.of(1, LENGTH), 1.0, 2, 3));
    assertRefused(3, written(), "tensor 'b.png' has shape [1, 3]; [3] expected");
    vectors.put("b.png", Array.of(Shape.of(LENGTH), 1.0, 2, Double.NaN));
    assertRefused(3, written(), "tensor 'b.png' has NaN at 2; finite numbers expected");
    vectors.put("b.png", Array.of(Shape.of(LENGTH), 1e300, 2, 3));
    assertRefused(3, written(), "tensor 'b.png' has Infinity at 0");
  }

  @Test
  void imagesHaveToHaveNames() throws IOException {
    Files.createDirectory(folder.resolve("photos"));
    byte[] idx = new byte[16 + 2 * 16];
    java.nio.ByteBuffer.wrap(idx).putInt(0x803).putInt(2).putInt(4).putInt(4).put((byte) 7);
    Files.write(folder.resolve("photos/train-images-idx3-ubyte"), idx);
    vectors.put("a.png", Array.of(Shape.of(LENGTH), 1.0, 2, 3));
    Path file = written();
    assertRefused(
        3,
        file,
        "data.vectors: %s has vectors by the names of images, but those of %s share files; a folder of PNG, JPEG, WebP, TIFF, BMP or GIF expected"
            .formatted(file, folder.resolve("photos")));
  }

  @Test
  void settingsOfDataAndModalityGoTogether() throws IOException {
    images("a.png", "b.png");
    Path file = written();
    assertRefused(
        0,
        file,
        "data.vectors is " + file + ", but modality 'image-generation' is not conditioned on");
    assertThatThrownBy(
            () ->
                Datasets.own(
                    data(file),
                    new DenoisingModality(new DenoisingSettings(4, 1, 2, null, null, null)),
                    1,
                    new ImageStore(1, 4),
                    ProgressListener.NOBODY))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("set modality.conditionDimension to their length");
    assertRefused(
        3,
        null,
        "modality.conditionDimension is 3, but the images of %s have no vectors"
            .formatted(folder.resolve("photos")));
    ProceduralImageSettings builtIn = new ProceduralImageSettings(4, 2, 1L);
    assertThatThrownBy(() -> Datasets.single(builtIn, modality(3), 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the images of dataset 'single-shapes' have no vectors");
    assertThatThrownBy(() -> Datasets.shapes(builtIn, modality(3), 1))
        .hasMessageContaining("the images of dataset 'shapes' have no vectors");
    assertThatThrownBy(() -> new GenerationSettings(4, 1, 2, 10, 3, null))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "modality.classes is 10 and modality.conditionDimension 3, but an image has one condition; set modality.classes=0 or modality.conditionDimension=0");
    assertThatThrownBy(() -> new GenerationSettings(4, 1, 2, 0, -3, null))
        .hasMessage("modality.conditionDimension is -3; 0 (none) or more expected");
    assertThatThrownBy(() -> new ImageDatasetSettings("x", null, null, " "))
        .hasMessage("data.vectors is blank; a .safetensors file expected");
  }

  private void assertRefused(int length, @Nullable Path file, String message) {
    assertThatThrownBy(() -> own(length, file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  private static ImageGeneration modality(int length) {
    return new ImageGeneration(new GenerationSettings(4, 1, 2, 0, length, null));
  }

  private ImageDatasetSettings data(@Nullable Path vectors) {
    return new ImageDatasetSettings(
        folder.resolve("photos").toString(),
        0.4,
        null,
        vectors == null ? null : vectors.toString());
  }

  private ImageDataset own(int length, @Nullable Path file) {
    return Datasets.own(
        data(file), modality(length), 1, new ImageStore(1, 4), ProgressListener.NOBODY);
  }

  private Dataset dataset() {
    return own(LENGTH, written());
  }

  private Path written() {
    Path file = folder.resolve("vectors.safetensors");
    new Safetensors(vectors, Map.of()).write(file);
    return file;
  }

  /** Images of one grey each, and a vector for each that begins with it. */
  private void images(String... names) throws IOException {
    for (String name : names) {
      int grey = 10 * (vectors.size() + 1);
      BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 16; i++) {
        image.setRGB(i % 4, i / 4, grey << 16 | grey << 8 | grey);
      }
      Path file = folder.resolve("photos").resolve(name);
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
      vectors.put(name, Array.of(Shape.of(LENGTH), (double) grey, -grey, 0.5));
    }
  }
}
