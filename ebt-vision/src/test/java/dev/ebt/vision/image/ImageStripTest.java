package dev.ebt.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStripTest {
  @TempDir private Path folder;

  @Test
  void imagesStandSideBySide() throws IOException {
    Array grey = Array.of(Shape.of(1, 2, 2), -1.0, 1, 0, 7);
    Array colour = Array.of(Shape.of(3, 2, 2), 1.0, 1, 1, 1, -1, -1, -1, -1, 0, 0, 0, -9);
    Path png = folder.resolve("strip.png");
    new ImageStrip().with(grey).with(colour).write(png);
    BufferedImage strip = ImageIO.read(png.toFile());
    assertThat(strip.getWidth()).isEqualTo(128 + 4 + 128);
    assertThat(strip.getHeight()).isEqualTo(128);
    assertThat(strip.getRGB(0, 0) & 0xFFFFFF).isZero();
    assertThat(strip.getRGB(63, 63) & 0xFFFFFF).isZero();
    assertThat(strip.getRGB(64, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    assertThat(strip.getRGB(0, 64) & 0xFFFFFF).isEqualTo(0x808080);
    assertThat(strip.getRGB(127, 127) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    assertThat(strip.getRGB(130, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    assertThat(strip.getRGB(132, 0) & 0xFFFFFF).isEqualTo(0xFF0080);
    assertThat(strip.getRGB(259, 127) & 0xFFFFFF).isEqualTo(0xFF0000);
  }

  @Test
  void captionsStandBelowTheirImages() {
    Array grey = Array.filled(Shape.of(1, 2, 2), 0);
    BufferedImage strip =
        new ImageStrip()
            .with(grey, ImageCaption.of(ImageCaption.after(1), 20.04, -3.25))
            .with(grey)
            .draw();
    assertThat(ImageCaption.of(ImageCaption.after(1), 20.04, -3.25))
        .isEqualTo("after 1 step\n20.0 dB\nenergy -3.250");
    assertThat(strip.getHeight()).isEqualTo(128 + 3 * 13);
    assertThat(black(strip, 0, 128)).isTrue();
    assertThat(black(strip, 132, 260)).isFalse();
  }

  /** Returns whether anything is black below the images between two columns. */
  private static boolean black(BufferedImage strip, int from, int to) {
    for (int y = 128; y < strip.getHeight(); y++) {
      for (int x = from; x < to; x++) {
        if ((strip.getRGB(x, y) & 0xFFFFFF) < 0x404040) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void largeImagesKeepTheirSize() {
    Array large = Array.filled(Shape.of(3, 200, 200), 0);
    assertThat(new ImageStrip().with(large).with(large).draw().getWidth()).isEqualTo(404);
  }

  @Test
  void whatCannotBeWrittenLeavesEverythingAsItWas() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken.png"));
    Array grey = Array.filled(Shape.of(1, 2, 2), 0);
    assertThatThrownBy(() -> new ImageStrip().with(grey).write(taken))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> new ImageGrid().with(List.of(grey)).write(taken))
        .isInstanceOf(IOException.class);
    assertThat(taken).isEmptyDirectory();
    assertThat(folder).isDirectoryNotContaining(file -> !file.equals(taken));
  }
}
