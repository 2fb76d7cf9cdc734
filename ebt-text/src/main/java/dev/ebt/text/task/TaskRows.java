package dev.ebt.text.task;

import com.google.common.hash.Hasher;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Tokenizer;
import dev.ebt.text.task.TaskRecord.Choice;
import dev.ebt.text.window.SlidingWindow;
import dev.ebt.text.window.WindowBatch;
import dev.ebt.text.window.WindowedTextModality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Records as rows of tokens: separator, prompt, answer, each token predicted from those before it
 * in its record. A record that is longer than a window is cut into several, see {@link
 * SlidingWindow}: every token counts exactly once.
 */
public final class TaskRows implements Examples {
  private final int length;
  private final boolean answersOnly;
  private final List<Sequence> sequences = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  /**
   * A prompt with one answer.
   *
   * @param record the index of the record
   * @param text the text of the answer
   * @param right whether this is the right answer for which likelihoods are computed
   * @param score the score of choosing it; 0 without choices
   * @param answer the index of its first token
   */
  record Sequence(int record, String text, boolean right, double score, int[] tokens, int answer) {}

  private record Row(Sequence sequence, SlidingWindow window) {}

  private TaskRows(int length, boolean answersOnly) {
    this.length = length;
    this.answersOnly = answersOnly;
  }

  /**
   * Returns all tokens of the right answers with their prompts, or of each choice with its prompt.
   */
  static TaskRows toJudge(List<TaskRecord> records, WindowedTextModality modality) {
    TaskRows rows = new TaskRows(modality.length(), false);
    Encoder encoder = new Encoder(modality.tokenizer());
    for (int i = 0; i < records.size(); i++) {
      TaskRecord record = records.get(i);
      Choice right = new Choice(record.answers().get(0), 0);
      boolean marked = false;
      for (Choice choice : record.choices().isEmpty() ? List.of(right) : record.choices()) {
        boolean first = !marked && choice.text().equals(right.text());
        rows.add(encoder.sequence(i, record, choice, first, false));
        marked |= first;
      }
    }
    return rows;
  }

  /**
   * Returns rows in which only the tokens of right answers and the end of text after them count.
   */
  static TaskRows toLearn(List<TaskRecord> records, WindowedTextModality modality) {
    TaskRows rows = new TaskRows(modality.length(), true);
    Encoder encoder = new Encoder(modality.tokenizer());
    for (int i = 0; i < records.size(); i++) {
      TaskRecord record = records.get(i);
      rows.add(encoder.sequence(i, record, new Choice(record.answers().get(0), 0), true, true));
    }
    return rows;
  }

  /** An encoder of texts to tokens, with document separators. */
  private record Encoder(Tokenizer tokenizer) {
    Sequence sequence(int number, TaskRecord record, Choice answer, boolean right, boolean ended) {
      int[] prompt = encode(record, record.prompt());
      int[] continued = encode(record, " " + answer.text());
      int[] separator = separator();
      return new Sequence(
          number,
          answer.text(),
          right,
          answer.score(),
          joined(separator, prompt, continued, ended ? separator : new int[0]),
          separator.length + prompt.length);
    }

    private int[] separator() {
      OptionalInt end = tokenizer.endOfText();
      return end.isPresent() ? new int[] {end.getAsInt()} : new int[0];
    }

    private int[] encode(TaskRecord record, String text) {
      int[] tokens;
      try {
        tokens = tokenizer.encode(text);
      } catch (UserException e) {
        throw new UserException(record.source() + ", " + e.getMessage(), e);
      }
      OptionalInt end = tokenizer.endOfText();
      if (end.isPresent() && IntStream.of(tokens).anyMatch(t -> t == end.getAsInt())) {
        throw new UserException(
            record.source()
                + ": the text contains token "
                + end.getAsInt()
                + ", which separates documents; take it out");
      }
      return tokens;
    }

    private static int[] joined(int[]... parts) {
      return Arrays.stream(parts).flatMapToInt(IntStream::of).toArray();
    }
  }

  /** Returns the tokens that a generated answer continues: separator and prompt. */
  static int[] begun(TaskRecord record, Tokenizer tokenizer) {
    Encoder encoder = new Encoder(tokenizer);
    return Encoder.joined(encoder.separator(), encoder.encode(record, record.prompt()));
  }

  private void add(Sequence sequence) {
    sequences.add(sequence);
    for (SlidingWindow window : SlidingWindow.over(sequence.tokens().length, length)) {
      if (!answersOnly || window.start() + length >= sequence.answer()) {
        rows.add(new Row(sequence, window));
      }
    }
  }

  /** Returns the sequences, in the order of their rows. */
  List<Sequence> sequences() {
    return List.copyOf(sequences);
  }

  /** Returns the sequence of a row. */
  Sequence sequence(int row) {
    return rows.get(row).sequence();
  }

  /** Returns whether the target of a row at a position is a token of the answer. */
  boolean isAnswer(int row, int position) {
    Row at = rows.get(row);
    return at.window().start() + position + 1 >= at.sequence().answer();
  }

  /** Hashes everything that determines the rows, besides the length of a window. */
  void hash(Hasher hasher) {
    hasher.putInt(sequences.size());
    for (Sequence sequence : sequences) {
      hasher.putInt(sequence.answer()).putInt(sequence.tokens().length);
      IntStream.of(sequence.tokens()).forEach(hasher::putInt);
    }
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public Batch batch(int... positions) {
    WindowBatch batch = new WindowBatch(positions.length, length);
    for (int i = 0; i < positions.length; i++) {
      Sequence sequence = rows.get(positions[i]).sequence();
      SlidingWindow window = rows.get(positions[i]).window();
      int counted = answersOnly ? Math.max(window.counted(), sequence.answer()) : window.counted();
      batch.put(i, sequence.tokens(), window.start(), counted);
    }
    return batch.batch();
  }
}
