package dev.ebt.vision.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The blocks that a GIF is made of (GIF89a, appendix A), told apart only as far as is needed. */
final class GifBlocks {
  /** Of the signature, and of the width and height of all. */
  private static final int SCREEN = 10;

  /** Of the place and size of an image. */
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

  /** Whether a file begins as GIF files do. */
  static boolean is(byte[] file) {
    return new String(file, 0, Math.min(4, file.length), StandardCharsets.ISO_8859_1)
        .equals("GIF8");
  }

  /** Whether a file ends in the middle of a block. */
  static boolean cutOff(byte[] file) {
    return new GifBlocks(file).copyTo(OutputStream.nullOutputStream()) < file.length;
  }

  /**
   * The same pictures without comments and the like, which the reader of the platform joins piece
   * by piece, each time with a copy of all before. What is cut off stays so.
   */
  static byte[] withoutMetadata(byte[] file) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    int whole = new GifBlocks(file).copyTo(kept);
    kept.write(file, whole, file.length - whole);
    return kept.toByteArray();
  }

  /** Copies the blocks that pictures are made of; returns where the last whole block ends. */
  private int copyTo(OutputStream kept) {
    int start = 0;
    try {
      skip(SCREEN);
      int screen = next();
      skip(2);
      skip(colours(screen));
      kept.write(bytes.array(), 0, bytes.position());
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
          kept.write(bytes.array(), start, bytes.position() - start);
        }
        start = bytes.position();
      }
      return bytes.limit();
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return start;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Not in memory.
    }
  }

  /** The bytes of a palette. */
  private static int colours(int flags) {
    return flags < PALETTE ? 0 : 3 << (flags & 7) + 1;
  }

  /** Pieces that begin with their length, up to an empty one. */
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
