package dev.ebt.vision.picture;

import dev.ebt.store.DurableFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Pictures in files that are either as they were or completely written. What the platform writes to
 * a file takes the place of an empty folder, and stays half-written on a full disk.
 */
final class WholeFile {
  private WholeFile() {}

  static void png(BufferedImage image, Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    DurableFiles.write(file, bytes.toByteArray());
  }
}
