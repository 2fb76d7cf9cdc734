package dev.ebt.text.token;

import dev.ebt.modality.Tokenizer;

/**
 * A tokenizer each of whose tokens stands for bytes of UTF-8, the same ones wherever it is: text is
 * what the bytes of its tokens make together.
 */
public interface BytePieces extends Tokenizer {
  /** The bytes of a token: often whole characters, sometimes half of one; none for an unused id. */
  byte[] bytes(int token);
}
