package dev.ebt.text.window;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.ScoringExamples;
import dev.ebt.modality.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The tokens of one text, cut into windows in which each token is predicted once. The document
 * separator precedes the first token, if the tokenizer has one.
 */
public final class ScoringWindows implements Examples {
  private final int[] tokens;
  private final int length;
  private final List<SlidingWindow> windows;

  private ScoringWindows(int[] tokens, int length) {
    this.tokens = tokens;
    this.length = length;
    this.windows = SlidingWindow.over(tokens.length, length);
  }

  /**
   * Cuts a text into windows.
   *
   * @param length number of context tokens of a window
   * @param bytes returns the number of UTF-8 bytes of a token
   * @throws UserException if there is nothing to predict, or the text contains the separator
   */
  public static ScoringExamples of(
      String text, Tokenizer tokenizer, int length, IntUnaryOperator bytes) {
    OptionalInt separator = tokenizer.endOfText();
    int[] encoded = tokenizer.encode(text);
    if (separator.isPresent() && IntStream.of(encoded).anyMatch(t -> t == separator.getAsInt())) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "the text contains token %d, which separates documents; score one document"
                  + " at a time",
              separator.getAsInt()));
    }
    int[] tokens = IntStream.concat(separator.stream(), IntStream.of(encoded)).toArray();
    if (tokens.length < 2) {
      throw new UserException(
          encoded.length == 0
              ? "the text to score is empty"
              : "the text has one token, and without a separator of documents the first one is not"
                  + " predicted; a longer text expected");
    }
    String rule =
        String.format(
            Locale.ROOT,
            "windows of %d tokens; a token sees all of the text before it, or the last %d tokens at least%s",
            length,
            Math.max(1, length / 2),
            separator.isPresent() ? "" : "; the first token is seen only");
    return new ScoringExamples(
        new ScoringWindows(tokens, length), named(tokens, tokenizer, bytes), rule);
  }

  private static List<ScoringExamples.Token> named(
      int[] tokens, Tokenizer tokenizer, IntUnaryOperator bytes) {
    ScoringExamples.Token[] known = new ScoringExamples.Token[tokenizer.vocabulary()];
    List<ScoringExamples.Token> named = new ArrayList<>();
    for (int i = 1; i < tokens.length; i++) {
      int token = tokens[i];
      if (known[token] == null) {
        known[token] = new ScoringExamples.Token(tokenizer.decode(token), bytes.applyAsInt(token));
      }
      named.add(known[token]);
    }
    return named;
  }

  @Override
  public int size() {
    return windows.size();
  }

  @Override
  public Batch batch(int... rows) {
    WindowBatch batch = new WindowBatch(rows.length, length);
    for (int i = 0; i < rows.length; i++) {
      SlidingWindow window = windows.get(rows[i]);
      batch.put(i, tokens, window.start(), window.counted());
    }
    return batch.batch();
  }
}
