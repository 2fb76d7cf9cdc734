package dev.ebt.text.token;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * A tokenizer whose tokens are the 256 byte values of UTF-8. No id is left for a separator, so byte
 * 0 serves as one: text that contains NUL is rejected as training data (see {@link
 * dev.ebt.text.window.Corpus}), and NUL in a prompt starts a new document, as in training.
 */
public final class ByteTokenizer implements ByteLevelTokenizer {
  /** One token for each byte value. */
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

  /** Returns the tokens as bytes: a quarter of the memory. An unpaired surrogate becomes "?". */
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
