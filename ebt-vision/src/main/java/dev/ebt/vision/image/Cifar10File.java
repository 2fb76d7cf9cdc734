package dev.ebt.vision.image;

import dev.ebt.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The binary format of CIFAR-10: for each image a label byte, 0 to 9, then 32×32 values of red, of
 * green and of blue. There is no header: a file is recognised by its extension {@code .bin}, its
 * size and its labels.
 */
final class Cifar10File {
  private static final int SIDE = 32;
  private static final int STRIDE = 1 + 3 * SIDE * SIDE;
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private Cifar10File() {}

  /**
   * Returns the images of a file, if it is a batch of CIFAR-10.
   *
   * @throws UserException if its name says that it is one, but it is damaged
   */
  static Optional<MultiImageFile> images(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (!name.endsWith(".bin")) {
      return Optional.empty();
    }
    boolean whole = Files.size(file) > 0 && Files.size(file) % STRIDE == 0;
    byte[] bytes = whole ? Files.readAllBytes(file) : new byte[0];
    byte[] labels = labels(bytes);
    if (!whole || !known(labels)) {
      if (named(file)) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s is not a whole batch of CIFAR-10: %,d bytes; images of 3,073 bytes"
                    + " each expected, whose first byte is 0 to 9",
                file,
                Files.size(file)));
      }
      return Optional.empty();
    }
    return Optional.of(
        new MultiImageFile(file, bytes, 1, STRIDE, labels.length, 3, SIDE, SIDE, labels, CLASSES));
  }

  /** Returns whether a file is named like those of CIFAR-10. */
  static boolean named(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".bin") && name.contains("batch");
  }

  private static byte[] labels(byte[] bytes) {
    byte[] labels = new byte[bytes.length / STRIDE];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = bytes[i * STRIDE];
    }
    return labels;
  }

  private static boolean known(byte[] labels) {
    for (byte label : labels) {
      if (label < 0 || label >= CLASSES.size()) {
        return false;
      }
    }
    return true;
  }
}
