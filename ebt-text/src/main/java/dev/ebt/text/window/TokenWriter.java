package dev.ebt.text.window;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A writer of tokens as bytes, which passes them on in segments of one size, the last excepted. */
final class TokenWriter {
  /** The binary logarithm of a segment's size in bytes. */
  static final int SEGMENT_BITS = 16;

  private final int width;
  private final Consumer<ByteBuffer> segments;
  private ByteBuffer buffer = ByteBuffer.allocate(1 << SEGMENT_BITS);
  private long size;

  /**
   * Creates a writer.
   *
   * @param width the bytes of a token: 1, 2 or 4
   * @param segments takes each segment, which is not changed afterwards
   */
  TokenWriter(int width, Consumer<ByteBuffer> segments) {
    this.width = width;
    this.segments = segments;
  }

  int width() {
    return width;
  }

  /** Returns the number of tokens so far. */
  long size() {
    return size;
  }

  /** Appends a token. */
  void add(int token) {
    if (!buffer.hasRemaining()) {
      flush();
    }
    switch (width) {
      case 1 -> buffer.put((byte) token);
      case 2 -> buffer.putChar((char) token);
      default -> buffer.putInt(token);
    }
    size++;
  }

  /** Appends tokens. */
  void addAll(int... tokens) {
    for (int token : tokens) {
      add(token);
    }
  }

  /** Appends tokens of a vocabulary of at most 256. */
  void addBytes(byte[] tokens) {
    if (width != 1) {
      throw new IllegalStateException("tokens of " + width + " bytes, single bytes given");
    }
    for (byte token : tokens) {
      add(token & 0xFF);
    }
  }

  /** Passes on the last segment, which may be shorter; nothing may be added afterwards. */
  void flush() {
    if (buffer.position() > 0) {
      segments.accept(buffer.flip());
    }
    buffer = ByteBuffer.allocate(1 << SEGMENT_BITS);
  }
}
