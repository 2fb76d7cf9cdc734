package dev.ebt.vision.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The blocks of a GIF (GIF89a, appendix A), parsed only as far as needed. */
final class GifBlocks {
  /** The length of the signature and of the width and height of the screen. */
  private static final int SCREEN = 10;

  /** The length of the position and size of an image. */
  private static final int PLACE = 8;

  private static final int PALETTE = 0x80;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2C;
  private static final int TRAILER = 0x3B;
  private static final int GRAPHIC_CONTROL = 0xF9;

  private final ByteBuffer bytes;

  private GifBlocks(byte[] file) {
    this.bytes = ByteBuffer.wrap(file);
  }

  /** Returns whether a file begins with the GIF signature. */
  static boolean is(byte[] file) {
    return new String(file, 0, Math.min(4, file.length), StandardCharsets.ISO_8859_1)
        .equals("GIF8");
  }

  /** Returns whether a file ends in the middle of a block. */
  static boolean cutOff(byte[] file) {
    return new GifBlocks(file).copyTo(OutputStream.nullOutputStream()) < file.length;
  }

  /**
   * Returns the same images without comments and other metadata, which the platform's reader joins
   * piece by piece, each time with a copy of all before. A truncated file stays truncated.
   */
  static byte[] withoutMetadata(byte[] file) {
    ByteArrayOutputStream output = new ByteArrayOutputStream(file.length);
    int whole = new GifBlocks(file).copyTo(output);
    output.write(file, whole, file.length - whole);
    return output.toByteArray();
  }

  /** Copies the blocks of images; returns the end of the last whole block. */
  private int copyTo(OutputStream output) {
    int start = 0;
    try {
      skip(SCREEN);
      int screen = next();
      skip(2);
      skip(colours(screen));
      output.write(bytes.array(), 0, bytes.position());
      start = bytes.position();
      int block = 0;
      while (block != TRAILER && bytes.hasRemaining()) {
        block = next();
        if (block == IMAGE) {
          skip(PLACE);
          skip(colours(next()));
        }
        int label = block == IMAGE || block == EXTENSION ? next() : 0;
        if (block == IMAGE || block == EXTENSION) {
          data();
        }
        if (block != EXTENSION || label == GRAPHIC_CONTROL) {
          output.write(bytes.array(), start, bytes.position() - start);
        }
        start = bytes.position();
      }
      return bytes.limit();
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return start;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Cannot happen in memory.
    }
  }

  /** Returns the length of a palette in bytes. */
  private static int colours(int flags) {
    return flags < PALETTE ? 0 : 3 << (flags & 7) + 1;
  }

  /** Skips sub-blocks that begin with their length, up to an empty one. */
  private void data() {
    int length;
    do {
      length = next();
      skip(length);
    } while (length > 0);
  }

  private int next() {
    return bytes.get() & 0xFF;
  }

  private void skip(int count) {
    bytes.position(bytes.position() + count);
  }
}
