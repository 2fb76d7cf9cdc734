package dev.ebt.text.token;

import dev.ebt.modality.Tokenizer;

/**
 * Tokens to text while they are being made: what is only half of a character is held back until the
 * rest of it comes. All pieces joined are the text of all tokens.
 */
public interface TextStream {
  /** One more token; the text that is complete with it, often one character, sometimes none. */
  String push(int token);

  /** No more tokens; what was held back, as U+FFFD where it is no text. */
  String finish();

  /** A new stream of a tokenizer's tokens. */
  static TextStream of(Tokenizer tokenizer) {
    return tokenizer instanceof BytePieces pieces
        ? new Utf8Stream(pieces)
        : new PieceStream(tokenizer);
  }
}
