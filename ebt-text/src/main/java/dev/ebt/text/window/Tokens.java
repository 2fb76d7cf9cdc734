package dev.ebt.text.window;

import com.google.common.hash.Hasher;
import dev.ebt.error.UserException;
import java.nio.ByteBuffer;

/**
 * A long sequence of tokens, stored in 1, 2 or 4 bytes each, depending on the vocabulary.
 * Immutable.
 */
public final class Tokens {
  private final ByteBuffer buffer;
  private final int width;

  private Tokens(ByteBuffer buffer, int width) {
    this.buffer = buffer;
    this.width = width;
  }

  /** Returns a builder of tokens below {@code vocabulary}. */
  public static Builder builder(int vocabulary) {
    return new Builder(vocabulary <= 1 << 8 ? 1 : vocabulary <= 1 << 16 ? 2 : 4);
  }

  /** Returns the number of tokens. */
  public int size() {
    return buffer.limit() / width;
  }

  /** Returns a token. */
  public int get(int index) {
    return switch (width) {
      case 1 -> buffer.get(index) & 0xFF;
      case 2 -> buffer.getChar(2 * index);
      default -> buffer.getInt(4 * index);
    };
  }

  /** Returns a view of the tokens from {@code from} (inclusive) to {@code to} (exclusive). */
  public Tokens slice(int from, int to) {
    return new Tokens(buffer.slice(from * width, (to - from) * width), width);
  }

  /** Returns a builder of another sequence with the same vocabulary. */
  Builder more() {
    return new Builder(width);
  }

  /** Hashes the number of tokens and each token. */
  void hash(Hasher hasher) {
    hasher.putInt(size()).putInt(width).putBytes(buffer.duplicate());
  }

  /** A builder of a sequence of tokens. */
  public static final class Builder {
    private final int width;
    private ByteBuffer buffer = ByteBuffer.allocate(1 << 12);

    private Builder(int width) {
      this.width = width;
    }

    /** Returns the number of tokens so far. */
    public int size() {
      return buffer.position() / width;
    }

    /** Appends a token. */
    public Builder add(int token) {
      reserve(width);
      switch (width) {
        case 1 -> buffer.put((byte) token);
        case 2 -> buffer.putChar((char) token);
        default -> buffer.putInt(token);
      }
      return this;
    }

    /** Appends tokens. */
    public Builder addAll(int... tokens) {
      for (int token : tokens) {
        add(token);
      }
      return this;
    }

    /** Appends tokens of a vocabulary of at most 256. */
    public Builder addBytes(byte[] tokens) {
      if (width != 1) {
        throw new IllegalStateException("tokens of " + width + " bytes, single bytes given");
      }
      reserve(tokens.length);
      buffer.put(tokens);
      return this;
    }

    /** Appends tokens. */
    public Builder addAll(Tokens tokens) {
      if (width != tokens.width) {
        throw new IllegalStateException("tokens of " + width + " and " + tokens.width + " bytes");
      }
      reserve(tokens.buffer.limit());
      buffer.put(tokens.buffer.duplicate());
      return this;
    }

    /** Returns the finished sequence; nothing may be added afterwards. */
    public Tokens build() {
      return new Tokens(buffer.flip().slice(), width);
    }

    private void reserve(int bytes) {
      if (bytes > buffer.remaining()) {
        long needed = (long) buffer.position() + bytes;
        long capacity = Math.min(needed + needed / 2, Integer.MAX_VALUE - 8);
        if (capacity < needed) {
          throw new UserException("more than 2 GiB of tokens: train on a part of the text");
        }
        buffer = ByteBuffer.allocate((int) capacity).put(buffer.flip());
      }
    }
  }
}
