package dev.ebt.vision.picture;

import dev.ebt.store.DurableFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pictures in files that are either as they were or completely written. What the platform writes to
 * a file takes the place of an empty folder, and stays half-written on a full disk.
 */
final class WholeFile {
  private WholeFile() {}

  static void png(BufferedImage image, Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Not to the bytes themselves: the platform would write a temporary file first.
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    }
    DurableFiles.write(file, bytes.toByteArray());
  }
}
