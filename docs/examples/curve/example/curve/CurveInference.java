package example.curve;

import dev.ebt.error.UserException;
import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.PredictionSession;
import dev.ebt.inference.PredictionTask;
import dev.ebt.inference.ServedForm;
import dev.ebt.interact.GivenAnswers;
import dev.ebt.modality.Modality;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A y for an x in programs: {@code model.think(2.25, Double.class, Thinking.steps(6))}. Calls of
 * several threads are rows of one batch, which {@link PredictionSession} sees to.
 */
public final class CurveInference implements InferenceAdapter<Double, Double> {
  @Override
  public String name() {
    return "curve";
  }

  @Override
  public String summary() {
    return "y for a given x";
  }

  @Override
  public String subject() {
    return "curves";
  }

  @Override
  public Class<Double> input() {
    return Double.class;
  }

  @Override
  public Class<Double> output() {
    return Double.class;
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof CurveModality;
  }

  @Override
  public InferenceSession<Double, Double> open(TrainedModel model, int maxBatchSize) {
    return new PredictionSession<>(
        model,
        maxBatchSize,
        x ->
            PredictionTask.once(context(x), Array::item, y -> String.format(Locale.ROOT, "%f", y)));
  }

  @Override
  public Optional<GivenAnswers> given(Modality modality, Double x, List<Double> answers) {
    return Optional.of(
        GivenAnswers.ofRows(
            context(x),
            answers.stream().map(y -> Array.of(Shape.of(1, 1), y)).toList(),
            answers.stream().map(y -> "y = " + y).toList(),
            "point"));
  }

  /** Returns the form of x and y in requests to {@code ebt serve}: numbers. */
  @Override
  public Optional<ServedForm<Double, Double>> served() {
    return Optional.of(new CurveForm());
  }

  private record CurveForm() implements ServedForm<Double, Double> {
    @Override
    public String expected() {
      return "a number, x";
    }

    @Override
    public Double input(Modality modality, Object json) {
      return number("input", json);
    }

    @Override
    public Double output(Modality modality, Object json) {
      return number("candidate", json);
    }

    @Override
    public Object json(Double y) {
      return y;
    }

    private static double number(String field, Object json) {
      if (json instanceof Number number) {
        return number.doubleValue();
      }
      throw new UserException(field + " is not a number");
    }
  }

  private static Map<String, Array> context(double x) {
    if (!Double.isFinite(x)) {
      throw new UserException("x is " + x + "; a finite number expected");
    }
    return CurvePredictions.context(List.of(CurvePoint.at(x)));
  }
}
