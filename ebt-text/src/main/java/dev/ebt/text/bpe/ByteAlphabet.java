package dev.ebt.text.bpe;

import java.util.Arrays;
import java.util.Optional;

/**
 * The mapping of GPT-2 from bytes to visible characters: a printable Latin-1 character represents
 * its own code, characters from U+0100 on represent the other codes, so that a space is Ġ.
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

  /** Returns the characters for bytes. */
  public static String write(byte... bytes) {
    StringBuilder written = new StringBuilder(bytes.length);
    for (byte code : bytes) {
      written.append(CHARACTERS[code & 0xFF]);
    }
    return written.toString();
  }

  /** Returns the bytes for characters, or empty if a character represents no byte. */
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
