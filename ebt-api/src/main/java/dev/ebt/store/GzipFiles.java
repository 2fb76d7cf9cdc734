package dev.ebt.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Files that may be compressed by gzip, in one member or several. */
public final class GzipFiles {
  private static final int FIRST = 0x1F;
  private static final int SECOND = 0x8B;

  private GzipFiles() {}

  /**
   * Opens a file that is compressed.
   *
   * @return the decompressed content of all members, buffered
   * @throws IOException if the file cannot be read or is not one of gzip; damage further on is
   *     reported when it is read
   */
  public static InputStream decompress(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    try {
      return new BufferedInputStream(members(in));
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Opens a file, and decompresses it if it begins like one of gzip.
   *
   * @return the content, buffered
   * @throws IOException as for {@link #decompress}
   */
  public static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    try {
      in.mark(2);
      boolean compressed = in.read() == FIRST && in.read() == SECOND;
      in.reset();
      return compressed ? new BufferedInputStream(members(in)) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Reads all members: the stream of the JDK ends silently where a later one is damaged. */
  private static InputStream members(InputStream in) throws IOException {
    return GzipCompressorInputStream.builder()
        .setInputStream(in)
        .setDecompressConcatenated(true)
        .get();
  }
}
