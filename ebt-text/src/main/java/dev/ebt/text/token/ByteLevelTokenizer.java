package dev.ebt.text.token;

import dev.ebt.modality.Tokenizer;

/**
 * A tokenizer whose tokens each represent a fixed sequence of UTF-8 bytes: text is the
 * concatenation of the bytes of its tokens.
 */
public interface ByteLevelTokenizer extends Tokenizer {
  /** Returns the bytes of a token: whole characters or part of one; empty for an unused id. */
  byte[] bytes(int token);
}
