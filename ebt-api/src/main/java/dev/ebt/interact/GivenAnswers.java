package dev.ebt.interact;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Given answers to one context, as examples.
 *
 * @param examples the examples; their predictions of weight 1 are exactly those of the answers, in
 *     order by row and position
 * @param answers the answers in their order, at least one
 * @param predictionUnit the noun for one prediction, such as {@code token}
 * @param lengthUnit the noun for one unit of length, such as {@code byte}
 */
public record GivenAnswers(
    Examples examples, List<Answer> answers, String predictionUnit, String lengthUnit) {
  /**
   * Copies the list.
   *
   * @throws UserException if there is no answer
   */
  public GivenAnswers {
    answers = List.copyOf(answers);
    if (answers.isEmpty()) {
      throw new UserException("there is no answer; at least 1 expected");
    }
  }

  /**
   * Returns answers of one prediction each to one context.
   *
   * @param context the features by name, each [1, ...]
   * @param targets the answers as targets of the modality, [1, target...] each
   * @param texts the answers in readable form
   * @param predictionUnit the noun for one prediction, such as {@code image}
   */
  public static GivenAnswers ofRows(
      Map<String, Array> context, List<Array> targets, List<String> texts, String predictionUnit) {
    return new GivenAnswers(
        new AnswerRows(context, targets),
        texts.stream().map(text -> new Answer(text, 1, 1)).toList(),
        predictionUnit,
        predictionUnit);
  }

  private record AnswerRows(Map<String, Array> context, List<Array> targets) implements Examples {
    @Override
    public int size() {
      return targets.size();
    }

    @Override
    public Batch batch(int... rows) {
      Map<String, Array> contexts = new LinkedHashMap<>();
      context.forEach(
          (name, row) ->
              contexts.put(
                  name,
                  IntStream.range(1, rows.length).mapToObj(i -> row).reduce(row, Array::concat)));
      return new Batch(
          contexts,
          IntStream.of(rows).mapToObj(targets::get).reduce(Array::concat).orElseThrow(),
          Array.filled(Shape.of(rows.length), 1));
    }
  }

  /**
   * An answer.
   *
   * @param text a readable form
   * @param predictions the number of predictions that it consists of, at least 1
   * @param length its length in a unit that does not depend on the encoding, at least 1
   */
  public record Answer(String text, int predictions, long length) {}
}
