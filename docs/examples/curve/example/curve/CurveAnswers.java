package example.curve;

import dev.ebt.error.UserException;
import dev.ebt.interact.AnswerReader;
import dev.ebt.interact.GivenAnswers;
import dev.ebt.interact.GivenAnswers.Answer;
import dev.ebt.interact.Input;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Given answers for {@code verify RUN --context x.txt --candidates y.txt}: a file with one x, and
 * one with a y in each line.
 */
public record CurveAnswers() implements AnswerReader {
  /** One row per y, all with the same x. */
  private record Rows(double x, List<Double> y) implements Examples {
    @Override
    public int size() {
      return y.size();
    }

    @Override
    public Batch batch(int... rows) {
      Shape shape = Shape.of(rows.length, 1);
      float[] answers = new float[rows.length];
      for (int i = 0; i < rows.length; i++) {
        answers[i] = y.get(rows[i]).floatValue();
      }
      return new Batch(
          Map.of(CurveModality.X, Array.filled(shape, x)),
          Array.of(shape, answers),
          Array.filled(Shape.of(rows.length), 1));
    }
  }

  @Override
  public String name() {
    return "curve-answers";
  }

  @Override
  public String summary() {
    return "a file with one x, and a file with a y in each line";
  }

  @Override
  public String subject() {
    return "curves";
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof CurveModality;
  }

  /** Reads x and its answers; no context is too long, so nothing is ever truncated. */
  @Override
  public GivenAnswers read(Modality modality, Input context, Input answers, boolean truncate) {
    List<Double> x = numbers(context);
    if (x.size() > 1) {
      throw new UserException(context.name() + " has " + x.size() + " numbers; one x expected");
    }
    List<Double> y = numbers(answers);
    List<Answer> given = y.stream().map(value -> new Answer(value.toString(), 1, 1)).toList();
    return new GivenAnswers(new Rows(x.get(0), y), given, "number", "number");
  }

  private static List<Double> numbers(Input input) {
    List<Double> numbers = new ArrayList<>();
    for (String line : input.text().strip().split("\\s*\\R\\s*")) {
      try {
        numbers.add(Double.valueOf(line));
      } catch (NumberFormatException e) {
        throw new UserException(
            input.name() + ": '" + line + "'; a number in each line expected", e);
      }
    }
    return numbers;
  }
}
