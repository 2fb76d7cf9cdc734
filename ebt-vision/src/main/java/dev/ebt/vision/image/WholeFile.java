package dev.ebt.vision.image;

import dev.ebt.store.DurableFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Atomic writes of picture files: a file is either unchanged or completely written. The platform's
 * own write replaces an empty folder, and leaves a half-written file on a full disk.
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
