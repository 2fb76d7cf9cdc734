package dev.ebt.text.window;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Bytes in segments of one size, the last excepted: in memory, or mapped from a file that may be
 * larger than memory. That size is a multiple of 4, so that no number crosses a border.
 */
final class StoredBytes {
  private static final int MAPPED_BITS = 30;

  private final List<ByteBuffer> segments;
  private final int bits;

  /**
   * Creates bytes of segments.
   *
   * @param bits the binary logarithm of the size of a segment
   */
  StoredBytes(List<ByteBuffer> segments, int bits) {
    this.segments = List.copyOf(segments);
    this.bits = bits;
  }

  /** Maps the first bytes of a file, which stays mapped when its channel is closed. */
  static StoredBytes map(FileChannel channel, long size) throws IOException {
    List<ByteBuffer> segments = new ArrayList<>();
    for (long at = 0; at < size; at += 1L << MAPPED_BITS) {
      segments.add(channel.map(MapMode.READ_ONLY, at, Math.min(size - at, 1L << MAPPED_BITS)));
    }
    return new StoredBytes(segments, MAPPED_BITS);
  }

  /** Returns the number at an index, of 1, 2 or 4 bytes; without a sign if of fewer than 4. */
  int number(long index, int width) {
    long at = index * width;
    ByteBuffer segment = segments.get((int) (at >> bits));
    int place = (int) (at & ((1L << bits) - 1));
    return switch (width) {
      case 1 -> segment.get(place) & 0xFF;
      case 2 -> segment.getChar(place);
      default -> segment.getInt(place);
    };
  }

  /** Passes on the bytes from {@code from} to {@code to}, a view of each segment at a time. */
  void forEach(long from, long to, Consumer<ByteBuffer> reader) {
    long at = from;
    while (at < to) {
      ByteBuffer segment = segments.get((int) (at >> bits));
      int begin = (int) (at & ((1L << bits) - 1));
      int count = (int) Math.min(to - at, segment.limit() - begin);
      reader.accept(segment.slice(begin, count));
      at += count;
    }
  }
}
