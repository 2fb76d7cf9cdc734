package dev.ebt.vision.image;

import dev.ebt.error.ReasonText;
import dev.ebt.store.GzipFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The content of a file, decompressed if it is gzip. */
final class Unzipped {
  private Unzipped() {}

  /** Returns whether a file can be opened and, if it is one of gzip, its beginning be unpacked. */
  static boolean begins(Path file) {
    try {
      beginning(file, 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the first {@code count} bytes; fewer if the content is shorter. */
  static byte[] beginning(Path file, int count) throws IOException {
    try (InputStream in = GzipFiles.open(file)) {
      return in.readNBytes(count);
    } catch (IOException e) {
      throw named(file, e);
    }
  }

  /** Returns all bytes. */
  static byte[] all(Path file) throws IOException {
    try (InputStream in = GzipFiles.open(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw named(file, e);
    }
  }

  private static IOException named(Path file, IOException e) {
    return new IOException(file.getFileName() + " (" + ReasonText.of(e) + ")", e);
  }
}
