package dev.ebt.text.window;

import com.google.common.hash.Hasher;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A long sequence of tokens, stored in 1, 2 or 4 bytes each, depending on the vocabulary, in memory
 * or in a mapped file. It consists of one or several pieces of what is stored. Immutable.
 */
public final class Tokens {
  private final StoredBytes stored;
  private final int width;

  /** The first token of each piece in this sequence, and at last the number of tokens. */
  private final long[] starts;

  /** The first token of each piece in what is stored. */
  private final long[] places;

  private Tokens(StoredBytes stored, int width, long[] starts, long[] places) {
    this.stored = stored;
    this.width = width;
    this.starts = starts;
    this.places = places;
  }

  /** Returns a builder of tokens below {@code vocabulary}. */
  public static Builder builder(int vocabulary) {
    return new Builder(width(vocabulary));
  }

  /** Returns the bytes of a token below {@code vocabulary}. */
  static int width(int vocabulary) {
    return vocabulary <= 1 << 8 ? 1 : vocabulary <= 1 << 16 ? 2 : 4;
  }

  /** Returns the first tokens of these bytes, of {@code width} bytes each. */
  static Tokens of(StoredBytes stored, long size, int width) {
    return new Tokens(stored, width, new long[] {0, size}, new long[] {0});
  }

  /** Returns the number of tokens. */
  public long size() {
    return starts[starts.length - 1];
  }

  /** Returns the bytes of each token. */
  int width() {
    return width;
  }

  /** Returns a token. */
  public int get(long index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException("token " + index + " of " + size());
    }
    int piece = piece(index);
    return stored.number(places[piece] + index - starts[piece], width);
  }

  private int piece(long index) {
    if (places.length == 1) {
      return 0;
    }
    int found = Arrays.binarySearch(starts, index);
    return found >= 0 ? found : -found - 2;
  }

  /** Returns a view of the tokens from {@code from} (inclusive) to {@code to} (exclusive). */
  public Tokens slice(long from, long to) {
    return pieces(new long[] {from}, new long[] {to});
  }

  /**
   * Returns a view of several parts, one after another. Adjacent parts become one piece.
   *
   * @param from the first token of each part
   * @param to the end of each part
   */
  Tokens pieces(long[] from, long[] to) {
    List<long[]> all = new ArrayList<>();
    for (int i = 0; i < from.length; i++) {
      if (from[i] < 0 || from[i] > to[i] || to[i] > size()) {
        throw new IndexOutOfBoundsException("tokens " + from[i] + " to " + to[i] + " of " + size());
      }
      addPieces(all, from[i], to[i]);
    }
    long[] newStarts = new long[all.size() + 1];
    for (int i = 0; i < all.size(); i++) {
      newStarts[i + 1] = newStarts[i] + all.get(i)[1] - all.get(i)[0];
    }
    return new Tokens(
        stored, width, newStarts, all.stream().mapToLong(piece -> piece[0]).toArray());
  }

  /** Adds the places of a part, each its begin and end, joined with the last one if they touch. */
  private void addPieces(List<long[]> all, long from, long to) {
    long at = from;
    while (at < to) {
      int piece = piece(at);
      long end = Math.min(to, starts[piece + 1]);
      long place = places[piece] + at - starts[piece];
      long[] last = all.isEmpty() ? new long[] {-1, -1} : all.get(all.size() - 1);
      if (last[1] == place) {
        last[1] = place + end - at;
      } else {
        all.add(new long[] {place, place + end - at});
      }
      at = end;
    }
  }

  /** Hashes the number of tokens and each token. */
  void hash(Hasher hasher) {
    if (size() <= Integer.MAX_VALUE) {
      hasher.putInt((int) size());
    } else {
      hasher.putLong(size());
    }
    hasher.putInt(width);
    for (int i = 0; i < places.length; i++) {
      long end = places[i] + starts[i + 1] - starts[i];
      stored.forEach(places[i] * width, end * width, hasher::putBytes);
    }
  }

  /** A builder of a sequence of tokens in memory. */
  public static final class Builder {
    private final TokenWriter writer;
    private final List<ByteBuffer> segments = new ArrayList<>();

    private Builder(int width) {
      this.writer = new TokenWriter(width, segments::add);
    }

    /** Appends tokens. */
    public Builder addAll(int... tokens) {
      writer.addAll(tokens);
      return this;
    }

    /** Returns the finished sequence; nothing may be added afterwards. */
    public Tokens build() {
      writer.flush();
      return Tokens.of(
          new StoredBytes(segments, TokenWriter.SEGMENT_BITS), writer.size(), writer.width());
    }
  }
}
