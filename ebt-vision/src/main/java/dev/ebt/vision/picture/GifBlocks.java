package dev.ebt.vision.picture;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

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

  private final ByteBuffer bytes;

  private GifBlocks(byte[] file) {
    this.bytes = ByteBuffer.wrap(file);
  }

  /** Whether a file ends in the middle of a block. */
  static boolean cutOff(byte[] file) {
    try {
      new GifBlocks(file).toTheEnd();
      return false;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return true;
    }
  }

  private void toTheEnd() {
    skip(SCREEN);
    int screen = next();
    skip(2);
    skip(colours(screen));
    int block = 0;
    while (block != TRAILER && bytes.hasRemaining()) {
      block = next();
      if (block == IMAGE) {
        skip(PLACE);
        skip(colours(next()));
      }
      if (block == IMAGE || block == EXTENSION) {
        skip(1);
        data();
      }
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
