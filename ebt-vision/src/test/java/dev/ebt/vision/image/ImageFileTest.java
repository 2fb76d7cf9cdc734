package dev.ebt.vision.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single images, whole and broken; expected values are worked out by hand. */
class ImageFileTest {
  @TempDir private Path folder;

  @Test
  void greyOfFewBitsSpansTheWholeRange() throws IOException {
    assertThat(png(new PngBytes(2, 2, 1, PngBytes.GREY, false).pixels(0, 0x40, 0, 0x80)))
        .isEqualTo("0 255 255 0");
    assertThat(png(new PngBytes(2, 2, 2, PngBytes.GREY, false).pixels(0, 0x10, 0, 0xB0)))
        .isEqualTo("0 85 170 255");
    assertThat(png(new PngBytes(2, 2, 4, PngBytes.GREY, false).pixels(0, 0x01, 0, 0x7F)))
        .isEqualTo("0 17 119 255");
  }

  @Test
  void alphaOfGreyIsSeenOnWhite() throws IOException {
    byte[] shallow =
        new PngBytes(2, 2, 8, PngBytes.GREY_AND_ALPHA, false)
            .pixels(0, 100, 255, 100, 0, 0, 0, 128, 200, 51);
    // 0 of which 128/255 is seen: 255 - 128. 200 of which 51/255 = 0.2 is seen: 40 + 204.
    assertThat(png(shallow)).isEqualTo("100 255 127 244");
    byte[] deep =
        new PngBytes(2, 2, 16, PngBytes.GREY_AND_ALPHA, false)
            .pixels(0, 100, 100, 255, 255, 100, 100, 0, 0, 0, 0, 0, 128, 128, 200, 200, 51, 51);
    assertThat(png(deep)).isEqualTo("100 255 127 244");
  }

  @Test
  void alphaOfSixteenBitColoursIsSeenOnWhite() throws IOException {
    byte[] bytes =
        new PngBytes(1, 1, 16, PngBytes.COLOUR_AND_ALPHA, false)
            .pixels(0, 200, 200, 100, 100, 0, 0, 51, 51);
    assertThat(colours(bytes, "a.png")).isEqualTo("244 224 204");
  }

  @Test
  void transparentEntriesOfPalettesAreSeenOnWhite() throws IOException {
    byte[] bytes =
        new PngBytes(2, 2, 2, PngBytes.PALETTE, false)
            .with("PLTE", 0, 0, 0, 200, 200, 200, 90, 90, 90)
            .with("tRNS", 0, 51)
            .pixels(0, 0x10, 0, 0xA0);
    assertThat(png(bytes)).isEqualTo("255 244 90 90");
  }

  @Test
  void transparentGreysOfAnyDepthAreSeenOnWhite() throws IOException {
    assertThat(png(transparent(1, 0).pixels(0, 0x40, 0, 0x80))).isEqualTo("255 255 255 255");
    assertThat(png(transparent(2, 1).pixels(0, 0x10, 0, 0xB0))).isEqualTo("0 255 170 255");
    assertThat(png(transparent(4, 7).pixels(0, 0x01, 0, 0x7F))).isEqualTo("0 17 255 255");
    assertThat(png(transparent(8, 100).pixels(0, 100, 0, 0, 99, 200))).isEqualTo("255 0 99 200");
  }

  private static PngBytes transparent(int depth, int grey) {
    return new PngBytes(2, 2, depth, PngBytes.GREY, false).with("tRNS", 0, grey);
  }

  @Test
  void webpIsRead() throws IOException {
    byte[] webp = WebpBytes.of(5, 3, 200, 100, 50);
    assertThat(colours(webp, "a.webp")).isEqualTo("200 100 50");
    assertRefused("a.webp", Arrays.copyOf(webp, 40), "cut off: the file ends in the middle");
  }

  /** 16 million pixels of one bit each, none of which is there. */
  @Test
  void webpThatPromisesMoreThanItHoldsIsCutOff() throws IOException {
    byte[] webp = WebpBytes.striped(4096, 4096);
    assertRefused("a.webp", webp, "cut off: the file ends in the middle of the image");
  }

  /** What phones make, and its like, by the name of what is in it. */
  @ParameterizedTest
  @CsvSource({
    "heic, 'a HEIC image, which is not read; convert it to JPEG or PNG'",
    "avif, 'an AVIF image, which is not read; convert it to JPEG or PNG'",
    "isom, 'a video or another file of boxes, ''isom''; a PNG, JPEG, WebP, TIFF, BMP or GIF'"
  })
  void whatIsNotReadIsCalledByItsName(String brand, String message) throws IOException {
    assertRefused("a.jpg", ("\0\0\0\30ftyp" + brand + "\0\0\0\0").getBytes(US_ASCII), message);
  }

  @Test
  void pagesOfOneSizeAreNoImageAndSmallerOnesArePreviews() throws IOException {
    assertThat(ImageFile.square(write("a.tif", tiff(8, 4)), 1, 2)).hasSize(4);
    assertRefused("b.tif", tiff(8, 8), "a TIFF of several pages; a single image expected");
  }

  private static byte[] tiff(int... sides) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    try (ImageOutputStream to = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(to);
      writer.prepareWriteSequence(null);
      for (int side : sides) {
        BufferedImage page = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        writer.writeToSequence(new IIOImage(page, null, null), null);
      }
      writer.endWriteSequence();
    }
    return out.toByteArray();
  }

  @Test
  void animatedPngIsRefused() throws IOException {
    byte[] bytes =
        new PngBytes(1, 1, 8, PngBytes.GREY, false)
            .with("acTL", 0, 0, 0, 3, 0, 0, 0, 0)
            .pixels(0, 100);
    assertRefused("a.png", bytes, "an animation of 3 frames; a single image expected");
  }

  /** What is not pixels: texts, profiles and comments, of which small files can hold very much. */
  @ParameterizedTest
  @ValueSource(strings = {"zTXt", "iTXt", "iCCP", "GIF", "JPEG"})
  void metadataTakesNoMemory(String kind) throws IOException {
    byte[] bytes =
        switch (kind) {
          case "GIF" -> commentedGif();
          case "JPEG" -> commentedJpeg();
          default -> {
            int[] content = inflated(kind);
            PngBytes png = new PngBytes(2, 1, 2, PngBytes.PALETTE, false);
            png.with("PLTE", 0, 0, 0, 200, 200, 200);
            for (int i = 0; i < 8; i++) {
              png.with(kind, content);
            }
            yield png.pixels(0, 0x10);
          }
        };
    Path file = write("a." + (kind.length() == 3 ? "gif" : "png"), bytes);
    ImageFile.square(file, 3, 1); // What is read once for all images.
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    ImageFile.square(file, 3, 1);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(4L * bytes.length + (8 << 20));
  }

  /** A chunk of 32 MiB once it is inflated. */
  private static int[] inflated(String kind) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.writeBytes(("name\0" + (kind.equals("iTXt") ? "\1\0\0\0" : "\0")).getBytes(US_ASCII));
    try (DeflaterOutputStream out = new DeflaterOutputStream(chunk)) {
      out.write(new byte[32 << 20]);
    }
    byte[] bytes = chunk.toByteArray();
    return IntStream.range(0, bytes.length).map(i -> bytes[i]).toArray();
  }

  private static byte[] commentedGif() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        HexFormat.of().parseHex("474946383961010001008000000000 00ffffff".replace(" ", "")));
    out.writeBytes(new byte[] {0x21, (byte) 0xFE});
    for (int i = 0; i < 20_000; i++) {
      out.writeBytes(new byte[] {1, 'x'});
    }
    out.writeBytes(HexFormat.of().parseHex("00" + "2c00000000010001000002024c01003b"));
    return out.toByteArray();
  }

  private static byte[] commentedJpeg() throws IOException {
    byte[] plain = jpeg(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));
    ByteBuffer file = ByteBuffer.allocate(plain.length + 64 * 0xFFFF + 128);
    file.put(plain, 0, 2);
    for (int i = 0; i < 64; i++) {
      file.putShort((short) (i % 2 == 0 ? 0xFFE1 : 0xFFFE)).putShort((short) 0xFFFF);
      file.put("Exif\0\0MM\0*".getBytes(US_ASCII)).put(new byte[0xFFFF - 12]);
    }
    return file.put(plain, 2, plain.length - 2).array();
  }

  @Test
  void interlacedLinesFindTheirPlaces() throws IOException {
    // Of the seven passes only the first, the sixth and the seventh have pixels of 2x2.
    byte[] bytes = new PngBytes(2, 2, 8, PngBytes.GREY, true).pixels(0, 10, 0, 20, 0, 30, 40);
    assertThat(png(bytes)).isEqualTo("10 20 30 40");
  }

  /** Corners a b / c d as they are stored, and as they are to be seen (Exif 2.3, 4.6.4 A). */
  @ParameterizedTest
  @CsvSource({
    "1,abcd", "2,badc", "3,dcba", "4,cdab", "5,acbd", "6,cadb", "7,dbca", "8,bdac", "0,abcd",
    "9,abcd"
  })
  void photographsStandUpright(int orientation, String seen) throws IOException {
    BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_BYTE_GRAY);
    int[] greys = {20, 90, 160, 230};
    for (int i = 0; i < 32 * 16; i++) {
      int corner = (i / 32 < 8 ? 0 : 2) + (i % 32 < 16 ? 0 : 1);
      image.getRaster().setSample(i % 32, i / 32, 0, greys[corner]);
    }
    byte[] jpeg = jpeg(image);
    for (String tiff :
        new String[] {
          "4949 2a00 08000000 0200 0001 0300 01000000 0100 0000 1201 0300 01000000 %02x00 0000",
          "4d4d 002a 00000008 0001 0112 0003 00000001 00%02x 0000"
        }) {
      byte[] exif = HexFormat.of().parseHex(tiff.formatted(orientation).replace(" ", ""));
      ByteBuffer file = ByteBuffer.allocate(jpeg.length + 10 + exif.length);
      file.put(jpeg, 0, 2).putShort((short) 0xFFE1).putShort((short) (8 + exif.length));
      file.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(exif);
      file.put(jpeg, 2, jpeg.length - 2);
      ImageFile.Opened opened = ImageFile.open(write("a.jpg", file.array()), 1, 2);
      StringBuilder corners = new StringBuilder();
      for (byte value : opened.planes()) {
        corners.append((char) ('a' + Math.round(((value & 0xFF) - 20) / 70f)));
      }
      assertThat(corners.toString()).isEqualTo(seen);
      boolean turned = orientation >= 5 && orientation <= 8;
      assertThat(opened.width()).isEqualTo(turned ? 16 : 32);
      assertThat(opened.height()).isEqualTo(turned ? 32 : 16);
    }
  }

  /** The middle of 4 x 2 greys, in formats that keep Exif data in other places than JPEG does. */
  @ParameterizedTest
  @CsvSource({"1,abcd", "3,dcba", "6,cadb", "8,bdac", "9,abcd"})
  void imagesOfOtherFormatsStandUpright(int orientation, String seen) throws IOException {
    PngBytes png = new PngBytes(4, 2, 8, PngBytes.GREY, false);
    png.with(
        "eXIf", 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0);
    assertUpright("a.png", png.pixels(0, 5, 20, 90, 5, 0, 5, 160, 230, 5), orientation, seen);
    String tiff =
        String.format(
            Locale.ROOT,
            """
        49492a00 10000000 05145a05 05a0e605 0900
        0001 0300 01000000 04000000  0101 0300 01000000 02000000
        0201 0300 01000000 08000000  0301 0300 01000000 01000000
        0601 0300 01000000 01000000  1101 0400 01000000 08000000
        1201 0300 01000000 %02x000000  1601 0300 01000000 02000000
        1701 0400 01000000 08000000  00000000
        """,
            orientation);
    byte[] bytes = HexFormat.of().parseHex(tiff.replaceAll("\\s", ""));
    assertUpright("a.tif", bytes, orientation, seen);
    byte[] exif = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0};
    exif[19] = (byte) orientation;
    Path webp = write("a.webp", WebpBytes.of(4, 2, 200, 100, 50, exif));
    boolean turned = orientation >= 5 && orientation <= 8;
    assertThat(ImageFile.open(webp, 1, 2).width()).isEqualTo(turned ? 2 : 4);
  }

  private void assertUpright(String name, byte[] bytes, int orientation, String seen)
      throws IOException {
    ImageFile.Opened opened = ImageFile.open(write(name, bytes), 1, 2);
    StringBuilder corners = new StringBuilder();
    for (byte value : opened.planes()) {
      corners.append((char) ('a' + Math.round(((value & 0xFF) - 20) / 70f)));
    }
    assertThat(corners.toString()).isEqualTo(seen);
    boolean turned = orientation >= 5 && orientation <= 8;
    assertThat(opened.width()).isEqualTo(turned ? 2 : 4);
  }

  @Test
  void inksOfPrintersBecomeColours() throws IOException {
    // Cyan 0.2, magenta 0.6, yellow 1, black 0.5, which the marker of Adobe's says are inverted.
    WritableRaster raster =
        Raster.createInterleavedRaster(java.awt.image.DataBuffer.TYPE_BYTE, 16, 16, 4, null);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, new int[] {204, 102, 0, 128});
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream to = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(to);
      writer.write(new IIOImage(raster, null, null));
    }
    byte[] plain = out.toByteArray();
    byte[] adobe = HexFormat.of().parseHex("ffee000e41646f626500640000000000");
    ByteBuffer file = ByteBuffer.allocate(plain.length + adobe.length);
    file.put(plain, 0, 2).put(adobe).put(plain, 2, plain.length - 2);
    assertThat(colours(file.array(), "a.jpg")).isEqualTo("102 51 0");
  }

  @Test
  void progressiveJpegIsRead() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, 0xC86432);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream to = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(to);
      writer.write(
          null,
          new IIOImage(
              image, null, writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param)),
          param);
    }
    byte[] file = out.toByteArray();
    assertThat(HexFormat.of().formatHex(file)).contains("ffc2");
    byte[] planes = ImageFile.square(write("a.jpg", file), 3, 1);
    for (int channel = 0; channel < 3; channel++) {
      assertThat(planes[channel] & 0xFF)
          .isCloseTo(new int[] {200, 100, 50}[channel], org.assertj.core.data.Offset.offset(3));
    }
  }

  @Test
  void whatMemoryCannotHoldIsRefusedByItsHeader() throws IOException {
    byte[] png = new PngBytes(100_000, 100_000, 8, PngBytes.GREY, false).pixels(0);
    assertRefused("huge.png", png, "100000 x 100000 pixels are too many; up to ");
    byte[] jpeg = jpeg(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));
    int frame = HexFormat.of().formatHex(jpeg).indexOf("ffc0") / 2;
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 65_000).putShort(frame + 7, (short) 65_000);
    assertRefused("huge.jpg", jpeg, "65000 x 65000 pixels are too many; up to ");
  }

  @Test
  void whatIsMissingOfAJpegIsTold() throws IOException {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, (i * 0x9E3779B9) >>> 8);
    }
    byte[] whole = jpeg(image);
    int scan = HexFormat.of().formatHex(whole).indexOf("ffda") / 2;
    assertRefused("a.jpg", Arrays.copyOf(whole, whole.length / 2), "cut off: ");
    assertRefused("a.jpg", Arrays.copyOf(whole, scan + 14), "cut off: ");
    assertRefused("a.jpg", Arrays.copyOf(whole, scan), "cut off: ");
    assertRefused("a.jpg", Arrays.copyOf(whole, 20), "cut off: ");
    assertRefused("a.jpg", Arrays.copyOf(whole, 1), "not a PNG, JPEG, WebP, TIFF, BMP or GIF");
  }

  @Test
  void damagedPngIsTold() throws IOException {
    byte[] whole = new PngBytes(2, 2, 8, PngBytes.GREY, false).pixels(0, 1, 2, 0, 3, 4);
    byte[] damaged = whole.clone();
    damaged[whole.length - 24] ^= 0x55;
    assertRefused("a.png", damaged, "damaged: ");
    byte[] nothing = new PngBytes(0, 2, 8, PngBytes.GREY, false).pixels(0, 0);
    assertRefused("a.png", nothing, "damaged: ");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 5, 255})
  void transparentGreyOfADepthThatPngHasNotIsDamage(int depth) throws IOException {
    byte[] bytes =
        new PngBytes(2, 1, depth, PngBytes.GREY, false).with("tRNS", 0, 1).pixels(0, 100, 100);
    assertRefused("a.png", bytes, "damaged: ");
  }

  /** Counts far beyond the file's length, which ask for 2 GiB if they are believed. */
  @Test
  void tiffThatPromisesMoreThanItHoldsIsRefusedBeforeMemoryIsAskedFor() throws IOException {
    byte[] pixels = new byte[64];
    int[][] fields = {
      {256, 3, 1, 8}, {257, 3, 1, 8}, {258, 3, 1, 8}, {259, 3, 1, 1}, {262, 3, 1, 1},
      {273, 4, 1, 134}, {277, 3, 1, 1}, {278, 3, 1, 8}, {279, 4, 1, 64}, {700, 1, 4, 0}
    };
    assertThat(ImageFile.square(write("whole.tif", tiff(fields, pixels)), 1, 8)).hasSize(64);
    for (int compression : new int[] {1, 5, 8, 32773}) {
      fields[3][3] = compression;
      fields[8][3] = 0x7FFFFFF0;
      assertRefused("strip.tif", tiff(fields, pixels), "cut off: ");
    }
    int[][] tiles = {
      {256, 3, 1, 8}, {257, 3, 1, 8}, {258, 3, 1, 8}, {259, 3, 1, 8}, {262, 3, 1, 1},
      {277, 3, 1, 1}, {322, 3, 1, 16}, {323, 3, 1, 16}, {324, 4, 1, 134}, {325, 4, 1, 0x7FFFFFF0}
    };
    assertRefused("tile.tif", tiff(tiles, pixels), "cut off: ");
    fields[3][3] = 1;
    fields[8][3] = 64;
    fields[9] = new int[] {700, 1, 0x7FFFFFF0, 8};
    assertThat(ImageFile.square(write("metadata.tif", tiff(fields, pixels)), 1, 8)).hasSize(64);
  }

  /** One directory of fields, each its tag, type, count and value, and then the pixels. */
  private static byte[] tiff(int[][] fields, byte[] pixels) {
    ByteBuffer file = ByteBuffer.allocate(14 + 12 * fields.length + pixels.length);
    file.order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {'I', 'I', '*', 0}).putInt(8).putShort((short) fields.length);
    for (int[] field : fields) {
      file.putShort((short) field[0]).putShort((short) field[1]).putInt(field[2]).putInt(field[3]);
    }
    return file.putInt(0).put(pixels).array();
  }

  @Test
  void filesThatCannotBeOpenedSayWhy() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("gone.png"), folder.resolve("nothing"));
    assertThatThrownBy(() -> ImageFile.square(link, 1, 8)).hasMessage("no such file");
    Path own = folder.resolve("own.png");
    Files.createSymbolicLink(own, own);
    assertThatThrownBy(() -> ImageFile.square(own, 1, 8))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("symbolic links");
  }

  private void assertRefused(String name, byte[] bytes, String message) throws IOException {
    Path file = write(name, bytes);
    assertThatThrownBy(() -> ImageFile.square(file, 3, 8))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(message);
  }

  /** The values of a grey PNG of 2x2 pixels. */
  private String png(byte[] bytes) throws IOException {
    return words(ImageFile.square(write("a.png", bytes), 1, 2));
  }

  /** Red, green and blue of an image of one colour. */
  private String colours(byte[] bytes, String name) throws IOException {
    return words(ImageFile.square(write(name, bytes), 3, 1));
  }

  private static String words(byte[] planes) {
    StringBuilder words = new StringBuilder();
    for (byte value : planes) {
      words.append(words.isEmpty() ? "" : " ").append(value & 0xFF);
    }
    return words.toString();
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, "jpg", out)).isTrue();
    return out.toByteArray();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }
}
