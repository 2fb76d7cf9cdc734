package dev.ebt.text.window;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Answers to one context, a window each, in which only the tokens of the answer count.
 *
 * @param context the tokens before every answer, at least one
 * @param answers the tokens of each answer; with the context at most one more than a window has
 * @param length number of context tokens of a window
 */
public record AnswerWindows(int[] context, List<int[]> answers, int length) implements Examples {
  @Override
  public int size() {
    return answers.size();
  }

  @Override
  public Batch batch(int... rows) {
    WindowBatch batch = new WindowBatch(rows.length, length);
    for (int i = 0; i < rows.length; i++) {
      int[] tokens =
          IntStream.concat(IntStream.of(context), IntStream.of(answers.get(rows[i]))).toArray();
      batch.put(i, tokens, 0, context.length);
    }
    return batch.batch();
  }
}
