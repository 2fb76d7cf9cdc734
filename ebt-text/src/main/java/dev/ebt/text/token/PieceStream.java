package dev.ebt.text.token;

import dev.ebt.modality.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * A text stream for any tokenizer. The text of a token may depend on the token before it (a space
 * comes between words, but not before the first), so it is what the text of both adds to that of
 * the previous one. Tokens are held back while their text ends in U+FFFD, up to a limit, beyond
 * which it cannot be part of a character.
 */
final class PieceStream implements StreamingDecoder {
  private static final int LONGEST_HELD_BACK = 16;

  private final Tokenizer tokenizer;
  private List<Integer> before = List.of();
  private List<Integer> pending = new ArrayList<>();

  PieceStream(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  @Override
  public String push(int token) {
    pending.add(token);
    boolean half = text().endsWith("\uFFFD") && pending.size() < LONGEST_HELD_BACK;
    return half ? "" : finish();
  }

  @Override
  public String finish() {
    String text = text();
    if (!pending.isEmpty()) {
      before = pending;
      pending = new ArrayList<>();
    }
    return text;
  }

  private String text() {
    List<Integer> both = new ArrayList<>(before);
    both.addAll(pending);
    String context = decode(before);
    String whole = decode(both);
    return whole.startsWith(context) ? whole.substring(context.length()) : decode(pending);
  }

  private String decode(List<Integer> tokens) {
    return tokenizer.decode(tokens.stream().mapToInt(Integer::intValue).toArray());
  }
}
