package dev.ebt.text.token;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * The 256 bytes of UTF-8 as tokens. No id is left for a separator, so byte 0 is it: text that holds
 * NUL is refused as training data (see {@link dev.ebt.text.window.Corpus}), and NUL in a prompt
 * means what it means in training, a new document.
 */
public final class ByteTokenizer implements BytePieces {
  /** One token for each value of a byte. */
  public static final int VOCABULARY = 256;

  /** NUL, between documents. */
  public static final int END_OF_TEXT = 0;

  @Override
  public int vocabulary() {
    return VOCABULARY;
  }

  @Override
  public int[] encode(String text) {
    byte[] bytes = bytes(text);
    int[] tokens = new int[bytes.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = bytes[i] & 0xFF;
    }
    return tokens;
  }

  /** The same tokens as bytes: a quarter of the memory. Half a surrogate pair becomes "?". */
  public byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] bytes(int token) {
    return new byte[] {(byte) token};
  }

  @Override
  public String decode(int... tokens) {
    byte[] bytes = new byte[tokens.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) tokens[i];
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public OptionalInt endOfText() {
    return OptionalInt.of(END_OF_TEXT);
  }

  @Override
  public String fingerprint() {
    return "bytes-utf8-1";
  }
}
