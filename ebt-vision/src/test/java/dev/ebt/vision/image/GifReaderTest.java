package dev.ebt.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GifReaderTest {
  @TempDir private Path folder;

  /**
   * A first image of 2x2 black pixels, a second of one white pixel at the lower right, a third of
   * one white pixel at the upper left. What is disposed to the background is transparent, seen on
   * white.
   */
  @ParameterizedTest
  @CsvSource({"1, 0 0 0 255, 255 0 0 255", "2, 0 0 0 255, 255 0 0 255", "3, 0 0 0 255, 255 0 0 0"})
  void imagesAreDrawnOverWhatTheLastOneLeft(int disposal, String second, String third)
      throws IOException {
    String palette = "000000ffffff";
    String black = "02 02 84 51 00"; // Two by two pixels of colour 0.
    String white = "02 02 4c 01 00"; // One pixel of colour 1.
    String gif =
        "474946383961 0200 0200 80 00 00 "
            + palette
            + control(1)
            + "2c 0000 0000 0200 0200 00 "
            + black
            + control(disposal)
            + "2c 0100 0100 0100 0100 00 "
            + white
            + control(1)
            + "2c 0000 0000 0100 0100 00 "
            + white
            + "3b";
    Path file = write(gif);
    assertThat(GifReader.is(file)).isTrue();
    List<byte[]> frames = GifReader.squares(file, 1, 2);
    assertThat(frames).hasSize(3);
    assertThat(words(frames.get(0))).isEqualTo("0 0 0 0");
    assertThat(words(frames.get(1))).isEqualTo(second);
    assertThat(words(frames.get(2))).isEqualTo(third);
  }

  private static String control(int disposal) {
    return String.format(Locale.ROOT, " 21f904 %02x 0a00 00 00 ", disposal << 2);
  }

  private static String words(byte[] planes) {
    StringBuilder words = new StringBuilder();
    for (byte value : planes) {
      words.append(words.isEmpty() ? "" : " ").append(value & 0xFF);
    }
    return words.toString();
  }

  @Test
  void brokenAnimationsAreRefused() throws IOException {
    String frame = "2c 0000 0000 0200 0200 00 02 02 84 51 00 ";
    String whole = "474946383961 0200 0200 80 00 00 000000ffffff " + frame + frame;
    assertThat(GifReader.squares(write(whole + "3b"), 1, 2)).hasSize(2);
    assertThat(GifReader.squares(write(whole), 1, 2)).hasSize(2);
    String cut = whole + "2c 0000 0000 0200 0200 00 02 02 84";
    assertThat(GifReader.is(write(cut))).isTrue();
    assertRefused(cut, "cut off: the file ends in the middle of a frame");
    assertRefused(whole + "21f904 0400", "cut off: ");
    assertRefused("", "the file is empty");
    assertRefused("474946", "not a GIF");
    assertRefused(
        "474946383961 ffff ffff 80 00 00 000000ffffff " + frame + frame + "3b",
        "65535 x 65535 pixels are too many; up to ");
    assertRefused(
        "474946383961 0200 0200 80 00 00 000000ffffff 2c 0000 0000 ffff ffff 00 02 02 84 51 00 3b",
        "65535 x 65535 pixels are too many; up to ");
  }

  private void assertRefused(String hexadecimal, String message) throws IOException {
    Path file = write(hexadecimal);
    assertThatThrownBy(() -> GifReader.squares(file, 1, 2))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(message);
  }

  private Path write(String hexadecimal) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hexadecimal.replace(" ", ""));
    return Files.write(folder.resolve("a.gif"), bytes);
  }

  @Test
  void stillImagesAreNoAnimations() throws IOException {
    Files.writeString(folder.resolve("a.png"), "");
    assertThat(GifReader.is(folder.resolve("a.png"))).isFalse();
  }
}
