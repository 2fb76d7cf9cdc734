package dev.ebt.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ebt.error.UserException;
import dev.ebt.plugin.ProgressListener;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderTest {
  private static final Color COLOUR = new Color(200, 100, 50);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif", "jpg", "jpeg", "PNG", "tiff", "tif"})
  void formatsAreToldByTheirContent(String ending) throws IOException {
    write(
        coloured(24, 24, BufferedImage.TYPE_INT_RGB),
        ending.replace("jpeg", "jpg").replaceFirst("tif$", "tiff"),
        "a." + ending);
    assertThat(onlyImage(3, 8)).hasSize(3 * 64);
    assertClose(onlyImage(3, 8), 200, 100, 50);
  }

  @Test
  void squareInTheMiddleIsTaken() throws IOException {
    BufferedImage wide = coloured(60, 20, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = wide.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 20, 20);
    graphics.fillRect(40, 0, 20, 20);
    graphics.dispose();
    write(wide, "png", "wide.png");
    assertClose(onlyImage(3, 20), 200, 100, 50);
    assertClose(onlyImage(3, 5), 200, 100, 50);
    assertClose(onlyImage(3, 33), 200, 100, 50);
  }

  @Test
  void shrinkingTakesMeansAndKeepsPlaces() throws IOException {
    BufferedImage checks = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 32 * 32; i++) {
      boolean left = i % 32 < 16;
      boolean odd = (i % 32 + i / 32) % 2 == 1;
      checks.setRGB(i % 32, i / 32, left && odd ? 0xFFFFFF : 0);
    }
    write(checks, "png", "checks.png");
    byte[] planes = onlyImage(1, 4);
    assertThat(planes[0] & 0xFF).isBetween(120, 135);
    assertThat(planes[3] & 0xFF).isZero();
  }

  @Test
  void greyIsOneChannelOrThreeAlike() throws IOException {
    write(coloured(8, 8, BufferedImage.TYPE_INT_RGB), "png", "colour.png");
    assertClose(onlyImage(1, 8), 124);
    Files.delete(folder.resolve("colour.png"));
    BufferedImage grey = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    Arrays.fill(
        ((java.awt.image.DataBufferByte) grey.getRaster().getDataBuffer()).getData(), (byte) 100);
    write(grey, "png", "grey.png");
    assertClose(onlyImage(3, 8), 100, 100, 100);
  }

  @Test
  void sixteenBitsAreScaled() throws IOException {
    BufferedImage deep = new BufferedImage(8, 8, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < 64; i++) {
      deep.getRaster().setSample(i % 8, i / 8, 0, 100 * 257);
    }
    write(deep, "png", "deep.png");
    assertClose(onlyImage(3, 8), 100, 100, 100);
    Files.delete(folder.resolve("deep.png"));
    ColorModel model =
        new ComponentColorModel(
            java.awt.color.ColorSpace.getInstance(java.awt.color.ColorSpace.CS_sRGB),
            false,
            false,
            ColorModel.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(8, 8);
    for (int i = 0; i < 64; i++) {
      raster.setPixel(i % 8, i / 8, new int[] {200 * 257, 100 * 257, 50 * 257});
    }
    write(new BufferedImage(model, raster, false, null), "png", "deep.png");
    assertClose(onlyImage(3, 8), 200, 100, 50);
  }

  @Test
  void palettesAreLookedUp() throws IOException {
    byte[] red = {0, (byte) 200};
    byte[] green = {0, 100};
    byte[] blue = {0, 50};
    IndexColorModel palette = new IndexColorModel(1, 2, red, green, blue);
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_BINARY, palette);
    for (int i = 0; i < 64; i++) {
      image.getRaster().setSample(i % 8, i / 8, 0, 1);
    }
    write(image, "png", "palette.png");
    assertClose(onlyImage(3, 8), 200, 100, 50);
  }

  @Test
  void whatIsTransparentIsSeenOnWhite() throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 64; i++) {
      image.setRGB(i % 8, i / 8, 0x80000000);
    }
    write(image, "png", "alpha.png");
    assertClose(onlyImage(3, 8), 127, 127, 127);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp"})
  void whatIsCutOffIsSkippedAndNamed(String format) throws IOException {
    write(noisy(64), format, "cut." + format);
    byte[] bytes = Files.readAllBytes(folder.resolve("cut." + format));
    Files.write(folder.resolve("cut." + format), Arrays.copyOf(bytes, bytes.length / 2));
    write(noisy(16), "png", "whole.png");
    LoadedImages read = LoadedImages.read(folder, new ImageStore(3, 8), 0, ProgressListener.NOBODY);
    assertThat(read.images()).hasSize(1);
    assertThat(read.skipped()).hasSize(1);
    assertThat(read.complaints()).startsWith("cut." + format + " (");
  }

  @Test
  void whatIsNoImageIsSkippedAndNamed() throws IOException {
    Files.writeString(folder.resolve("text.png"), "no image at all");
    Files.writeString(folder.resolve("empty.jpg"), "");
    Files.writeString(folder.resolve("readme.txt"), "not even asked for");
    for (int i = 0; i < 8; i++) {
      write(noisy(16 + i), "png", "sizes/differ/" + i + ".png");
    }
    LoadedImages read =
        LoadedImages.read(folder, new ImageStore(3, 8), 0.2, ProgressListener.NOBODY);
    assertThat(read.images()).hasSize(8).allMatch(p -> p.planes().length == 3 * 64);
    assertThat(read.complaints())
        .isEqualTo(
            "empty.jpg (the file is empty); text.png (not a PNG, JPEG, WebP, TIFF, BMP or GIF)");
  }

  @Test
  void animationsAreRefused() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out =
        ImageIO.createImageOutputStream(folder.resolve("moving.gif").toFile())) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < 3; i++) {
        writer.writeToSequence(
            new IIOImage(coloured(8, 8, BufferedImage.TYPE_INT_RGB), null, null), null);
      }
      writer.endWriteSequence();
    }
    assertThatThrownBy(
            () -> LoadedImages.read(folder, new ImageStore(3, 8), 1, ProgressListener.NOBODY))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("moving.gif (an animation of 3 frames; a single image expected)");
  }

  @Test
  void tooManyUnreadableFilesStopTheRun() throws IOException {
    for (int i = 0; i < 6; i++) {
      Files.writeString(folder.resolve("bad" + i + ".png"), "bad");
      write(noisy(8), "png", "good" + i + ".png");
    }
    assertThatThrownBy(
            () -> LoadedImages.read(folder, new ImageStore(3, 8), 0.1, ProgressListener.NOBODY))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("6 of 12 images cannot be read: bad0.png (")
        .hasMessageContaining("and 3 more");
  }

  @Test
  void folderHasToHoldImages() throws IOException {
    assertThatThrownBy(
            () -> LoadedImages.read(folder, new ImageStore(3, 8), 0, ProgressListener.NOBODY))
        .isInstanceOf(UserException.class)
        .hasMessageMatching("no images in the folder .*: it is empty; .png, .jpg, .* expected");
    for (String name : new String[] {"a.svg", "b.heic", "c.txt", "d.txt"}) {
      Files.createFile(folder.resolve(name));
    }
    assertThatThrownBy(
            () -> LoadedImages.read(folder, new ImageStore(3, 8), 0, ProgressListener.NOBODY))
        .hasMessageContaining(": it contains a.svg, b.heic, c.txt, …; .png, ");
    Path file = Files.writeString(folder.resolve("one.png"), "");
    assertThatThrownBy(
            () -> LoadedImages.read(file, new ImageStore(3, 8), 0, ProgressListener.NOBODY))
        .hasMessageContaining("one.png is neither an IDX file of images (MNIST) nor a batch")
        .hasMessageEndingWith("name their folder");
    assertThatThrownBy(
            () ->
                LoadedImages.read(
                    folder.resolve("gone"), new ImageStore(3, 8), 0, ProgressListener.NOBODY))
        .hasMessageStartingWith("no file or folder ");
  }

  @Test
  void foldersInTheFolderSayWhatTheirImagesShow() throws IOException {
    write(noisy(8), "png", "train/dog/a.png");
    write(noisy(9), "png", "train/cat/b.png");
    write(noisy(10), "png", "train/dog/c.png");
    LoadedImages read = LoadedImages.read(folder, new ImageStore(1, 8), 0, ProgressListener.NOBODY);
    assertThat(read.classes()).containsExactly("cat", "dog");
    assertThat(read.images()).extracting(Image::label).containsExactly(0, 1, 1);
    write(noisy(11), "png", "loose.png");
    LoadedImages mixed =
        LoadedImages.read(folder, new ImageStore(1, 8), 0, ProgressListener.NOBODY);
    assertThat(mixed.classes()).isEmpty();
    assertThat(mixed.images()).extracting(Image::label).containsOnly(Image.UNKNOWN);
  }

  @Test
  void whatIsNotReadIsCountedAndNamed() throws IOException {
    write(noisy(8), "png", "a.png");
    Files.write(folder.resolve("b.webp"), WebpBytes.of(8, 8, 1, 2, 3));
    for (String name : new String[] {"d.HEIC", "e.heic", "sub/f.mp4", "Makefile", ".hidden"}) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.createFile(folder.resolve(name));
    }
    LoadedImages read = LoadedImages.read(folder, new ImageStore(1, 8), 0, ProgressListener.NOBODY);
    assertThat(read.images()).hasSize(2);
    assertThat(read.skipped()).isEmpty();
    assertThat(read.remarks())
        .containsExactly(
            "4 files not read: 2 .heic (d.HEIC, …), 1 without an ending (Makefile), 1 .mp4"
                + " (sub/f.mp4)");
  }

  @Test
  void foldersOfTheSameNameInOthersShowDifferentThings() throws IOException {
    write(noisy(8), "png", "red/small/a.png");
    write(noisy(9), "png", "blue/small/a.png");
    write(noisy(10), "png", "blue/Small/a.png");
    LoadedImages read = LoadedImages.read(folder, new ImageStore(1, 8), 0, ProgressListener.NOBODY);
    assertThat(read.classes()).containsExactly("blue/Small", "blue/small", "red/small");
    assertThat(read.images()).extracting(Image::label).containsExactly(0, 1, 2);
  }

  @Test
  void foldersOfASplitAreNotWhatImagesShow() throws IOException {
    write(noisy(8), "png", "train/dog/a.png");
    write(noisy(9), "png", "train/cat/b.png");
    write(noisy(10), "png", "Val/dog/c.png");
    write(noisy(11), "png", "test/dog/d.png");
    write(noisy(12), "png", "beside.png");
    LoadedImages read = LoadedImages.read(folder, new ImageStore(1, 8), 0, ProgressListener.NOBODY);
    assertThat(read.classes()).containsExactly("cat", "dog");
    assertThat(read.images())
        .extracting(Image::name)
        .containsExactly("train/cat/b.png", "train/dog/a.png");
    assertThat(read.setApart()).extracting(Image::label).containsExactly(1);
    assertThat(read.remarks())
        .containsExactly(
            "folder train for training, folder Val for validation; folder test not used",
            "1 file not read: 1 .png (beside.png) outside these folders");
    Files.delete(folder.resolve("beside.png"));
    LoadedImages pooled =
        LoadedImages.read(folder, true, new ImageStore(1, 8), 0, ProgressListener.NOBODY);
    assertThat(pooled.images()).extracting(Image::label).containsExactly(1, 1, 0, 1);
    assertThat(pooled.setApart()).isEmpty();
  }

  @Test
  void aSplitHasImagesOnBothSides() throws IOException {
    write(noisy(8), "png", "train/a.png");
    Files.createDirectory(folder.resolve("val"));
    assertThatThrownBy(
            () -> LoadedImages.read(folder, new ImageStore(1, 8), 0, ProgressListener.NOBODY))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "folder train for training, folder val for validation, but there are no images for"
                + " validation; add some, or set data.validation");
  }

  @Test
  void linksAreFollowedButNotRoundInCircles() throws IOException {
    write(noisy(8), "png", "a b/ä.png");
    Files.createSymbolicLink(folder.resolve("gone.png"), folder.resolve("nothing"));
    Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("a b"));
    LoadedImages read = LoadedImages.read(folder, new ImageStore(1, 8), 0, ProgressListener.NOBODY);
    assertThat(read.images()).hasSize(2);
    assertThat(read.complaints()).isEqualTo("gone.png (no such file)");
    Path back = Files.createSymbolicLink(folder.resolve("a b/back"), folder);
    assertThatThrownBy(
            () -> LoadedImages.read(folder, new ImageStore(1, 8), 0, ProgressListener.NOBODY))
        .isInstanceOf(UserException.class)
        .hasMessage("cannot read %s: a link that leads back to a folder it is in", back);
  }

  @Test
  void whatMayNotBeReadIsTold() throws IOException {
    write(noisy(8), "png", "a.png");
    write(noisy(9), "png", "b.png");
    Path file = folder.resolve("b.png");
    assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "root reads all");
    assertThat(
            LoadedImages.read(folder, new ImageStore(1, 8), 0, ProgressListener.NOBODY)
                .complaints())
        .isEqualTo("b.png (no permission)");
    write(noisy(8), "png", "closed/c.png");
    Path closed = folder.resolve("closed");
    assertThat(closed.toFile().setReadable(false)).isTrue();
    assertThatThrownBy(
            () -> LoadedImages.read(folder, new ImageStore(1, 8), 0, ProgressListener.NOBODY))
        .isInstanceOf(UserException.class)
        .hasMessage("cannot read %s: no permission", closed);
  }

  private byte[] onlyImage(int channels, int side) {
    LoadedImages read =
        LoadedImages.read(folder, new ImageStore(channels, side), 0, ProgressListener.NOBODY);
    assertThat(read.skipped()).isEmpty();
    assertThat(read.images()).hasSize(1);
    return read.images().get(0).planes();
  }

  /** Every value of a channel within what JPEG and rounding do. */
  private static void assertClose(byte[] planes, int... channels) {
    int pixels = planes.length / channels.length;
    for (int i = 0; i < planes.length; i++) {
      int expected = channels[i / pixels];
      assertThat(planes[i] & 0xFF).isBetween(expected - 3, expected + 3);
    }
  }

  private static BufferedImage coloured(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(COLOUR);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return image;
  }

  private static BufferedImage noisy(int side) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      image.setRGB(i % side, i / side, (i * 0x9E3779B9) >>> 8);
    }
    return image;
  }

  private void write(BufferedImage image, String format, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
  }
}
