package dev.ebt.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.plugin.ProgressListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that hold many images: IDX and CIFAR-10. */
class LoadedImagesTest {
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"'',''", ".gz,.gz", ".gz,''", "'',.gz"})
  void idxIsReadWithTheLabelsBeside(String images, String labels) throws IOException {
    write(IMAGES + images, images(3, 4, 4, 0, 100, 255));
    write(LABELS + labels, labels(7, 0, 2));
    for (Path path : new Path[] {folder, folder.resolve(IMAGES + images)}) {
      LoadedImages read = LoadedImages.read(path, new ImageStore(1, 4), 0, ProgressListener.NOBODY);
      assertThat(read.images()).extracting(Image::label).containsExactly(7, 0, 2);
      assertThat(read.classes()).hasSize(8).startsWith("0", "1").endsWith("7");
      assertThat(read.images().get(1).planes()).hasSize(16).containsOnly(100);
      assertThat(read.setApart()).isEmpty();
    }
  }

  @Test
  void greyBecomesColourAndSizesFit() throws IOException {
    write(IMAGES, images(1, 5, 9, 100));
    LoadedImages read = LoadedImages.read(folder, new ImageStore(3, 4), 0, ProgressListener.NOBODY);
    assertThat(read.images().get(0).planes()).hasSize(48).containsOnly(100);
    assertThat(read.classes()).isEmpty();
    assertThat(read.images().get(0).label()).isEqualTo(Image.UNKNOWN);
  }

  @Test
  void whatIsNamedForTestsIsSetApart() throws IOException {
    write(IMAGES, images(2, 4, 4, 1, 2));
    write("t10k-images-idx3-ubyte.gz", images(1, 4, 4, 3));
    LoadedImages read = LoadedImages.read(folder, new ImageStore(1, 4), 0, ProgressListener.NOBODY);
    assertThat(read.images()).hasSize(2);
    assertThat(read.setApart()).hasSize(1);
    Path tests = folder.resolve("t10k-images-idx3-ubyte.gz");
    assertThat(LoadedImages.read(tests, new ImageStore(1, 4), 0, ProgressListener.NOBODY).images())
        .hasSize(1);
  }

  @Test
  void singleImagesBesideFilesOfManyAreToldToBeLeftOut() throws IOException {
    write(IMAGES, images(2, 4, 4, 1, 2));
    write(LABELS, labels(1, 0));
    write("readme.html", new byte[] {'h', 'i'});
    write("b.png", new byte[] {});
    write("a.JPG", new byte[] {});
    LoadedImages read = LoadedImages.read(folder, new ImageStore(1, 4), 0, ProgressListener.NOBODY);
    assertThat(read.images()).hasSize(2);
    assertThat(read.complaints())
        .isEqualTo(
            "a.JPG (a single image next to files with many);"
                + " b.png (a single image next to files with many)");
    assertThat(read.remarks()).containsExactly("1 file not read: 1 .html (readme.html)");
  }

  @Test
  void filesBesideThoseOfManyThatCannotBeOpenedAreNotRead() throws IOException {
    write(IMAGES, images(2, 4, 4, 1, 2));
    Files.createSymbolicLink(folder.resolve("gone.html"), folder.resolve("nothing"));
    Files.write(folder.resolve("cut.gz"), new byte[] {0x1F, (byte) 0x8B, 8});
    LoadedImages read = LoadedImages.read(folder, new ImageStore(1, 4), 0, ProgressListener.NOBODY);
    assertThat(read.images()).hasSize(2);
    assertThat(read.remarks())
        .containsExactly("2 files not read: 1 .gz (cut.gz), 1 .html (gone.html)");
    Path zipped = folder.resolve("t10k-" + IMAGES + ".gz");
    Files.copy(folder.resolve("cut.gz"), zipped);
    assertRefused("", zipped.getFileName() + " (unexpected end)");
    Files.move(zipped, folder.resolve("data_batch_1.bin"));
    assertRefused("", "data_batch_1.bin (unexpected end)");
  }

  @Test
  void cifarBatchesHaveColoursAndNames() throws IOException {
    byte[] batch = new byte[2 * 3073];
    batch[0] = 3;
    Arrays.fill(batch, 1, 1025, (byte) 200);
    Arrays.fill(batch, 1025, 2049, (byte) 100);
    Arrays.fill(batch, 2049, 3073, (byte) 50);
    batch[3073] = 9;
    write("data_batch_1.bin", batch);
    write("test_batch.bin", Arrays.copyOf(batch, 3073));
    LoadedImages read = LoadedImages.read(folder, new ImageStore(3, 2), 0, ProgressListener.NOBODY);
    assertThat(read.classes()).hasSize(10).startsWith("airplane").endsWith("truck");
    assertThat(read.images()).extracting(Image::label).containsExactly(3, 9);
    assertThat(read.setApart()).hasSize(1);
    assertThat(read.images().get(0).planes())
        .containsExactly(200, 200, 200, 200, 100, 100, 100, 100, 50, 50, 50, 50);
  }

  @Test
  void damageIsTold() throws IOException {
    byte[] whole = images(3, 4, 4, 0, 100, 255);
    write(IMAGES, Arrays.copyOf(whole, whole.length - 1));
    assertRefused(IMAGES, "declares [3, 4, 4] = 48 bytes of values; there are 47");
    write(IMAGES, Arrays.copyOf(whole, 9));
    assertRefused(IMAGES, "is cut off within its header");
    write(IMAGES, ByteBuffer.wrap(whole.clone()).putInt(8, -4).array());
    assertRefused(IMAGES, "says that axis 1 has size -4; at least 1 expected");
    write(IMAGES, whole);
    write(LABELS, labels(1, 2));
    assertRefused(IMAGES, "has 2 labels for the 3 images of " + IMAGES);
    write(LABELS, whole);
    assertRefused(IMAGES, LABELS + " is not an IDX file of labels");
    write(IMAGES, ByteBuffer.wrap(whole.clone()).putInt(0, 0x0D03).array());
    String other =
        "is named like an IDX file of images, but starts with 00 00 0d 03; 00 00 08 03 expected";
    assertRefused(IMAGES, other);
    assertRefused("", other);
    write(IMAGES, new byte[] {});
    assertRefused(IMAGES, "but starts with nothing; 00 00 08 03 expected");
    write(IMAGES, whole);
    Files.delete(folder.resolve(LABELS));
    write(IMAGES + ".gz", whole);
    byte[] zipped = Files.readAllBytes(folder.resolve(IMAGES + ".gz"));
    Files.write(folder.resolve(IMAGES + ".gz"), Arrays.copyOf(zipped, zipped.length - 12));
    assertRefused(IMAGES + ".gz", IMAGES + ".gz (unexpected end)");
    byte[] twice = Arrays.copyOf(zipped, 2 * zipped.length);
    System.arraycopy(zipped, 0, twice, zipped.length, zipped.length);
    twice[zipped.length + 2] = 9;
    Files.write(folder.resolve(IMAGES + ".gz"), twice);
    assertRefused(IMAGES + ".gz", IMAGES + ".gz (Unsupported compression method 9");
    write("data_batch_2.bin", new byte[3000]);
    assertRefused("data_batch_2.bin", "is not a whole batch of CIFAR-10: 3,000 bytes; images of");
    write("data_batch_2.bin", new byte[] {});
    assertRefused("data_batch_2.bin", "is not a whole batch of CIFAR-10: 0 bytes");
    byte[] unknown = new byte[3073];
    unknown[0] = 10;
    write("data_batch_2.bin", unknown);
    assertRefused("data_batch_2.bin", "whose first byte is 0 to 9");
    write("other.bin", unknown);
    assertRefused("other.bin", "is neither an IDX file of images (MNIST) nor a batch of CIFAR");
  }

  private void assertRefused(String name, String message) {
    assertThatThrownBy(
            () ->
                LoadedImages.read(
                    folder.resolve(name), new ImageStore(1, 4), 1, ProgressListener.NOBODY))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  /** Images of one grey each. */
  private static byte[] images(int count, int height, int width, int... greys) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + count * height * width);
    bytes.putInt(0x803).putInt(count).putInt(height).putInt(width);
    for (int grey : greys) {
      for (int i = 0; i < height * width; i++) {
        bytes.put((byte) grey);
      }
    }
    return bytes.array();
  }

  private static byte[] labels(int... labels) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + labels.length);
    bytes.putInt(0x801).putInt(labels.length);
    for (int label : labels) {
      bytes.put((byte) label);
    }
    return bytes.array();
  }

  private void write(String name, byte[] bytes) throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(written) : written) {
      out.write(bytes);
    }
    Files.write(folder.resolve(name), written.toByteArray());
  }
}
