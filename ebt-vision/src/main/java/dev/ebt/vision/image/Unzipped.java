package dev.ebt.vision.image;

import dev.ebt.error.ReasonText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** The content of a file, decompressed if it is gzip. */
final class Unzipped {
  private static final int FIRST = 0x1F;
  private static final int SECOND = 0x8B;

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
    try (InputStream in = open(file)) {
      return in.readNBytes(count);
    } catch (IOException e) {
      throw named(file, e);
    }
  }

  /** Returns all bytes. */
  static byte[] all(Path file) throws IOException {
    try (InputStream in = open(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw named(file, e);
    }
  }

  private static IOException named(Path file, IOException e) {
    return new IOException(file.getFileName() + " (" + ReasonText.of(e) + ")", e);
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    try {
      in.mark(2);
      boolean zipped = in.read() == FIRST && in.read() == SECOND;
      in.reset();
      // All members: Java's own stream ends silently where a later one is damaged.
      return zipped
          ? GzipCompressorInputStream.builder()
              .setInputStream(in)
              .setDecompressConcatenated(true)
              .get()
          : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
