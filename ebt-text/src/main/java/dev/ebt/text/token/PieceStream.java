package dev.ebt.text.token;

import dev.ebt.modality.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Tokens of any tokenizer to text. Tokens are held back while their text ends in U+FFFD, but not
 * for ever: no character has more than four bytes, so after as many tokens it is no character.
 */
final class PieceStream implements TextStream {
  private static final int LONGEST_CHARACTER = 4;

  private final Tokenizer tokenizer;
  private final List<Integer> pending = new ArrayList<>();

  PieceStream(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  @Override
  public String push(int token) {
    pending.add(token);
    boolean half = text().endsWith("\uFFFD") && pending.size() < LONGEST_CHARACTER;
    return half ? "" : finish();
  }

  @Override
  public String finish() {
    String text = text();
    pending.clear();
    return text;
  }

  private String text() {
    return tokenizer.decode(pending.stream().mapToInt(Integer::intValue).toArray());
  }
}
