package example.curve;

import dev.ebt.interact.EvaluationTask;
import dev.ebt.interact.Input;
import dev.ebt.interact.TaskReader;
import dev.ebt.interact.TaskResults;
import dev.ebt.modality.Modality;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The task {@code eval RUN --task curve-points=points.csv}: y is to be predicted near one of both
 * branches for each x of a file.
 *
 * @param file the file, as the user named it
 */
public record CurveTask(Path file, List<CurvePoint> points) implements EvaluationTask {
  private static final String NAME = "curve-points";
  private static final double NEAR = 0.2;
  private static final double NANOS = 1e9;

  /** Reads the files of the task. */
  public record Reader() implements TaskReader {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String summary() {
      return "a CSV file with one x in each line";
    }

    @Override
    public EvaluationTask read(Path file) {
      return new CurveTask(file, CurvePoint.read(Input.of(file)));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return String.format(Locale.ROOT, "%s: %,d points of %s", NAME, points.size(), file);
  }

  @Override
  public int size() {
    return points.size();
  }

  @Override
  public String subject() {
    return "curves";
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof CurveModality;
  }

  @Override
  public EvaluationTask limited(int limit) {
    return new CurveTask(file, points.subList(0, Math.min(limit, points.size())));
  }

  /** Predicts all points together: they are few. */
  @Override
  public TaskResults evaluate(
      RunParts model, ComputeBudgets budgets, int rowsPerBatch, boolean generate) {
    List<TaskResults.Result> results = new ArrayList<>();
    try (Predictor predictor = model.predictor(points.size())) {
      for (int steps : budgets.steps()) {
        long begun = System.nanoTime();
        predictor.observe(CurvePredictions.context(points));
        predictor.begin(model.configuration().seed());
        predictor.reach(steps, 0);
        double seconds = (System.nanoTime() - begun) / NANOS;
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("near", near(CurvePredictions.predicted(points, predictor.candidate())));
        metrics.put("seconds", seconds);
        results.add(
            new TaskResults.Result(steps, 1, predictor.evaluations(steps), metrics, Map.of()));
      }
    }
    return new TaskResults(results, OptionalDouble.empty(), Optional.empty());
  }

  private static double near(List<CurvePoint> predicted) {
    long near =
        predicted.stream()
            .filter(point -> Math.abs(Math.abs(point.y()) - Math.sqrt(point.x())) < NEAR)
            .count();
    return (double) near / predicted.size();
  }
}
