package dev.ebt.vision.image;

import dev.ebt.error.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The format of MNIST and Fashion-MNIST: two zero bytes, the type (8: bytes), the number of axes,
 * their sizes as big-endian integers, and the values. Images are [count, height, width]; their
 * labels [count] are in a sibling file with {@code labels} for {@code images} in its name.
 */
final class IdxFile {
  private static final byte[] LABELS = {0, 0, 8, 1};
  private static final byte[] IMAGES = {0, 0, 8, 3};

  /** A part of the names of MNIST's image files. */
  private static final String NAME = "idx3-ubyte";

  private IdxFile() {}

  /**
   * Returns the images of a file, if it is one of images.
   *
   * @throws UserException if the file is named like images but is none, or is cut off, or its
   *     labels do not match
   */
  static Optional<MultiImageFile> images(Path file) throws IOException {
    byte[] beginning = Unzipped.beginning(file, IMAGES.length);
    if (!Arrays.equals(beginning, IMAGES)) {
      if (named(file)) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s is named like an IDX file of images, but starts with %s; 00 00 08 03"
                    + " expected: bytes, [count, height, width]",
                file,
                beginning.length == 0
                    ? "nothing"
                    : HexFormat.ofDelimiter(" ").formatHex(beginning)));
      }
      return Optional.empty();
    }
    byte[] bytes = Unzipped.all(file);
    int start = start(IMAGES);
    int[] sizes = sizes(file, bytes, IMAGES);
    byte[] labels = labels(file, sizes[0]);
    int most = IntStream.range(0, labels.length).map(i -> labels[i] & 0xFF).max().orElse(-1);
    List<String> classes = IntStream.rangeClosed(0, most).mapToObj(String::valueOf).toList();
    return Optional.of(
        new MultiImageFile(
            file,
            bytes,
            start,
            sizes[1] * sizes[2],
            sizes[0],
            1,
            sizes[2],
            sizes[1],
            labels,
            classes));
  }

  /** Returns whether a file is named like those of MNIST. */
  static boolean named(Path file) {
    return String.valueOf(file.getFileName()).contains(NAME);
  }

  /**
   * Returns whether a file has labels, which are read with their images. One that cannot be opened,
   * such as a link to nothing, has none.
   */
  static boolean areLabels(Path file) {
    try {
      return Arrays.equals(Unzipped.beginning(file, LABELS.length), LABELS);
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the offset of the values. */
  private static int start(byte[] magic) {
    return magic.length + magic[magic.length - 1] * Integer.BYTES;
  }

  private static int[] sizes(Path file, byte[] bytes, byte[] magic) {
    int[] sizes = new int[magic[magic.length - 1]];
    if (bytes.length < start(magic)) {
      throw new UserException(file + " is cut off within its header");
    }
    ByteBuffer header = ByteBuffer.wrap(bytes, magic.length, sizes.length * Integer.BYTES);
    long values = 1;
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = header.getInt();
      values = sizes[i] < 1 ? -1 : Math.min(values * sizes[i], Integer.MAX_VALUE);
      if (values < 0) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s says that axis %d has size %d; at least 1 expected",
                file,
                i,
                sizes[i]));
      }
    }
    if (bytes.length - start(magic) != values) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "the header of %s declares %s = %s%,d bytes of values; there are %,d",
              file,
              Arrays.toString(sizes),
              values == Integer.MAX_VALUE ? "more than " : "",
              values,
              bytes.length - start(magic)));
    }
    return sizes;
  }

  private static byte[] labels(Path images, int count) throws IOException {
    String name = String.valueOf(images.getFileName());
    String beside = name.replace("images", "labels").replace("idx3", "idx1");
    String plain = beside.replaceFirst("\\.gz$", "");
    Optional<Path> found =
        Stream.of(beside, plain, plain + ".gz")
            .filter(other -> !other.equals(name))
            .map(images::resolveSibling)
            .filter(Files::isRegularFile)
            .findFirst();
    if (found.isEmpty()) {
      return new byte[0];
    }
    Path file = found.get();
    byte[] bytes = Unzipped.all(file);
    if (bytes.length < LABELS.length || !Arrays.equals(Arrays.copyOf(bytes, 4), LABELS)) {
      throw new UserException(file + " is not an IDX file of labels for the images of " + name);
    }
    int[] sizes = sizes(file, bytes, LABELS);
    if (sizes[0] != count) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s has %,d labels for the %,d images of %s",
              file,
              sizes[0],
              count,
              name));
    }
    return Arrays.copyOfRange(bytes, start(LABELS), bytes.length);
  }
}
