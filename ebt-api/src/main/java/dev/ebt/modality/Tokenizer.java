package dev.ebt.modality;

import java.util.OptionalInt;

/** A reversible conversion of text to integer tokens: decoding the encoded text restores it. */
public interface Tokenizer {
  /** Returns the vocabulary size: tokens are 0 (inclusive) to this (exclusive). */
  int vocabulary();

  /** Encodes a text to tokens. */
  int[] encode(String text);

  /** Decodes tokens to text; incomplete characters become U+FFFD. */
  String decode(int... tokens);

  /** Returns the token that separates documents, if there is one. */
  OptionalInt endOfText();

  /**
   * Returns a string that is equal for tokenizers that encode alike. It is stored with a model and
   * compared on loading.
   */
  String fingerprint();
}
