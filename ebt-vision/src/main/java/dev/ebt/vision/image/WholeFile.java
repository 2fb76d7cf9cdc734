package dev.ebt.vision.image;

import dev.ebt.interact.PngImage;
import dev.ebt.store.DurableFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Atomic writes of image files: a file is either unchanged or completely written. The platform's
 * own write replaces an empty folder, and leaves a half-written file on a full disk.
 */
final class WholeFile {
  private WholeFile() {}

  static void png(BufferedImage image, Path file) throws IOException {
    DurableFiles.write(file, new PngImage(image).encode());
  }
}
