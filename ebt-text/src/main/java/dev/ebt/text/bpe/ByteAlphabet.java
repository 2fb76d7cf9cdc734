package dev.ebt.text.bpe;

import java.util.Arrays;
import java.util.Optional;

/**
 * GPT-2's way to write any bytes as visible characters: a printable character of Latin-1 stands for
 * its own code, U+0100 and those after it for the other codes, so that a space is Ġ.
 */
public final class ByteAlphabet {
  private static final int BYTES = 256;
  private static final char[] CHARACTERS = new char[BYTES];
  private static final int[] CODES = new int[2 * BYTES];

  static {
    Arrays.fill(CODES, -1);
    char next = BYTES;
    for (int code = 0; code < BYTES; code++) {
      boolean printable =
          (code >= '!' && code <= '~') || (code >= '¡' && code <= '¬') || code >= '®';
      CHARACTERS[code] = printable ? (char) code : next++;
      CODES[CHARACTERS[code]] = code;
    }
  }

  private ByteAlphabet() {}

  /** The bytes in writing. */
  public static String write(byte... bytes) {
    StringBuilder written = new StringBuilder(bytes.length);
    for (byte code : bytes) {
      written.append(CHARACTERS[code & 0xFF]);
    }
    return written.toString();
  }

  /** What is written; empty if some character stands for no byte. */
  public static Optional<byte[]> read(String written) {
    byte[] bytes = new byte[written.length()];
    for (int i = 0; i < bytes.length; i++) {
      char character = written.charAt(i);
      int code = character < CODES.length ? CODES[character] : -1;
      if (code < 0) {
        return Optional.empty();
      }
      bytes[i] = (byte) code;
    }
    return Optional.of(bytes);
  }
}
