package example.curve;

import dev.ebt.error.UserException;
import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.PredictionSession;
import dev.ebt.inference.PredictionTask;
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

  private static Map<String, Array> context(double x) {
    if (!Double.isFinite(x)) {
      throw new UserException("x is " + x + "; a finite number expected");
    }
    return CurvePredictions.context(List.of(CurvePoint.at(x)));
  }
}
