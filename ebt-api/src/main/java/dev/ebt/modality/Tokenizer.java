package dev.ebt.modality;

import java.util.OptionalInt;

/** Text as whole numbers and back. Decoding what was encoded gives the text back. */
public interface Tokenizer {
  /** Tokens are 0 (inclusive) to this (exclusive). */
  int vocabulary();

  /** The tokens of a text. */
  int[] encode(String text);

  /** The text of tokens; what is not text by itself (half of a character) becomes U+FFFD. */
  String decode(int... tokens);

  /** The token that stands between documents, if there is one. */
  OptionalInt endOfText();

  /** The same for tokenizers that encode alike: stored with a model and compared on loading. */
  String fingerprint();
}
