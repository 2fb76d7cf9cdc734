package dev.ebt.vision.image;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** PNG files byte by byte, so that tests have what no writer of the platform makes. */
final class PngBytes {
  static final int GREY = 0;
  static final int PALETTE = 3;
  static final int GREY_AND_ALPHA = 4;
  static final int COLOUR_AND_ALPHA = 6;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  /**
   * A file's beginning.
   *
   * @param depth bits of a sample
   * @param type colour type
   */
  PngBytes(int width, int height, int depth, int type, boolean interlaced) {
    file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    chunk(
        "IHDR",
        out -> {
          out.writeInt(width);
          out.writeInt(height);
          out.write(new byte[] {(byte) depth, (byte) type, 0, 0, (byte) (interlaced ? 1 : 0)});
        });
  }

  /** A chunk such as PLTE or tRNS. */
  PngBytes with(String name, int... bytes) {
    return chunk(
        name,
        out -> {
          for (int value : bytes) {
            out.write(value);
          }
        });
  }

  /** The file with these lines of pixels; each begins with its filter, 0 for none. */
  byte[] pixels(int... bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      for (int value : bytes) {
        out.write(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    chunk("IDAT", out -> out.write(packed.toByteArray()));
    chunk("IEND", out -> {});
    return file.toByteArray();
  }

  private interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  private PngBytes chunk(String name, Content content) {
    try {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
      content.write(new DataOutputStream(body));
      CRC32 check = new CRC32();
      check.update(body.toByteArray());
      DataOutputStream out = new DataOutputStream(file);
      out.writeInt(body.size() - name.length());
      out.write(body.toByteArray());
      out.writeInt((int) check.getValue());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
