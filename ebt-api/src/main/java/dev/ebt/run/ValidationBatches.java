package dev.ebt.run;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The first validation examples of a run in batches of equally many rows.
 *
 * @param count the number of examples
 * @param rows the rows of each batch; those of the last one are repeated where examples lack
 */
record ValidationBatches(Examples examples, int count, int rows) {
  /**
   * One batch.
   *
   * @param from the number of its first example
   * @param counted the number of its first rows that no other batch has
   */
  record Part(Batch batch, int from, int counted) {}

  /**
   * Returns the batches of a run.
   *
   * @throws UserException if there is no example
   */
  static ValidationBatches of(RunParts parts, int rowsTogether, int limit) {
    Examples examples = parts.dataset().validation();
    int count = Math.min(limit, examples.size());
    if (count == 0) {
      throw new UserException("there is no validation data; another --data expected");
    }
    return new ValidationBatches(examples, count, Math.min(rowsTogether, count));
  }

  /** Reads one batch after the other. */
  void forEach(Consumer<Part> action) {
    for (int from = 0; from < count; from += rows) {
      int first = from;
      int counted = Math.min(rows, count - from);
      int[] numbers = IntStream.range(0, rows).map(i -> first + i % counted).toArray();
      action.accept(new Part(examples.batch(numbers), from, counted));
    }
  }
}
