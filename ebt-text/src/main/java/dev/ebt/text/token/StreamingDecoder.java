package dev.ebt.text.token;

import dev.ebt.modality.Tokenizer;

/**
 * Incremental decoding of tokens to text: an incomplete character is held back until its remaining
 * bytes arrive. All pieces joined are the text of all tokens.
 */
public interface StreamingDecoder {
  /** Adds a token and returns the text completed by it, often one character, sometimes none. */
  String push(int token);

  /** Ends the input and returns the text held back, with U+FFFD for incomplete characters. */
  String finish();

  /** Returns a new stream for the tokens of a tokenizer. */
  static StreamingDecoder of(Tokenizer tokenizer) {
    return tokenizer instanceof ByteLevelTokenizer pieces
        ? new Utf8Stream(pieces)
        : new PieceStream(tokenizer);
  }
}
