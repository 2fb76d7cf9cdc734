package dev.ebt.text.fact;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.text.window.WindowBatch;
import dev.ebt.text.window.WindowedTextModality;
import java.util.ArrayList;
import java.util.List;

/**
 * Sentences, one in each window, so that no token is predicted from another sentence.
 *
 * @param tokens of each sentence
 * @param counted the index of the first token of each whose prediction counts
 * @param length number of context tokens of a window
 */
public record Sentences(List<int[]> tokens, int[] counted, int length) implements Examples {
  /** Returns sentences of which every token but the first counts. */
  static Sentences of(WindowedTextModality modality, List<String> sentences) {
    return after(modality, sentences, sentences.stream().map(sentence -> "").toList());
  }

  /**
   * Returns sentences of which the tokens after a beginning count.
   *
   * @param beginnings of the sentences; the first token never counts
   */
  public static Sentences after(
      WindowedTextModality modality, List<String> sentences, List<String> beginnings) {
    List<int[]> tokens = new ArrayList<>();
    int[] counted = new int[sentences.size()];
    for (int i = 0; i < counted.length; i++) {
      tokens.add(modality.tokenizer().encode(sentences.get(i)));
      counted[i] = Math.max(1, modality.tokenizer().encode(beginnings.get(i)).length);
    }
    return new Sentences(tokens, counted, modality.length());
  }

  @Override
  public int size() {
    return tokens.size();
  }

  @Override
  public Batch batch(int... rows) {
    WindowBatch batch = new WindowBatch(rows.length, length);
    for (int i = 0; i < rows.length; i++) {
      batch.put(i, tokens.get(rows[i]), 0, counted[rows[i]]);
    }
    return batch.batch();
  }
}
