package example.curve;

import dev.ebt.error.UserException;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Input;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Option;
import dev.ebt.interact.Output;
import dev.ebt.interact.Outputs;
import dev.ebt.modality.Modality;
import dev.ebt.predict.Predictor;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Predictions of y for a user's x, as a table and as a drawing: {@code think RUN --x 0.5,2}, or
 * {@code --points points.csv --out curve.svg}.
 */
public final class CurvePredictions implements Interaction<CurvePredictions.CurveOptions> {
  private static final int DEFAULT_POINTS = 31;

  /**
   * The options.
   *
   * @param x the values of x
   * @param points a CSV file with further ones
   * @param out the file of the drawing
   */
  public record CurveOptions(
      @Option(value = "X", description = "Predict y for these x, such as 0.5,2.") List<Double> x,
      @Option(value = "FILE", description = "A CSV file of points, x or x,y in each line.")
          Input points,
      @Option(value = "PATH", description = "Of a curve: a drawing of the predictions, .svg.")
          Path out) {

    /** Refuses an x that is not finite, and a file of another format than SVG. */
    public CurveOptions {
      if (x != null && !x.stream().allMatch(Double::isFinite)) {
        throw new UserException("--x is " + x + "; finite numbers expected");
      }
      if (out != null && !out.toString().endsWith(".svg")) {
        throw new UserException(
            "--out is " + out + "; the drawing is SVG, so a name that ends in .svg is expected");
      }
    }

    /** Returns all points to predict; of the whole curve if none is given. */
    List<CurvePoint> all() {
      List<CurvePoint> all = new ArrayList<>();
      if (x != null) {
        x.forEach(value -> all.add(CurvePoint.at(value)));
      }
      if (points != null) {
        all.addAll(CurvePoint.read(points));
      }
      if (all.isEmpty()) {
        IntStream.range(0, DEFAULT_POINTS)
            .forEach(i -> all.add(CurvePoint.at(1 + 3.0 * i / (DEFAULT_POINTS - 1))));
      }
      return all;
    }
  }

  @Override
  public String name() {
    return "curve";
  }

  @Override
  public String summary() {
    return "y is predicted for given x, and drawn";
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
  public Class<CurveOptions> options() {
    return CurveOptions.class;
  }

  @Override
  public boolean accepts(CurveOptions options) {
    return options.x() != null || options.points() != null || options.out() != null;
  }

  @Override
  public String suggestion() {
    return "--out curve.svg";
  }

  @Override
  public void run(TrainedModel model, CommonOptions common, CurveOptions options, Outputs outputs) {
    List<CurvePoint> points = options.all();
    try (Predictor predictor = model.parts().predictor(points.size())) {
      predictor.observe(context(points));
      predictor.begin(common.seed());
      predictor.reach(common.onlySteps(), common.tolerance());
      List<CurvePoint> predicted = predicted(points, predictor.candidate());
      Array energy = predictor.thinks() ? predictor.energy() : null;
      Array evaluations = predictor.evaluationsUsed().orElse(null);
      outputs.table(table(points, predicted, energy, evaluations));
      if (options.out() != null) {
        CurveDrawing drawing = new CurveDrawing(points, predicted);
        outputs.add(new Output.File(options.out(), drawing, ": y = ±√x, and predictions as dots"));
      }
    }
  }

  /** Converts points to the context of a model, one row each. */
  static Map<String, Array> context(List<CurvePoint> points) {
    double[] x = points.stream().mapToDouble(CurvePoint::x).toArray();
    return Map.of(CurveModality.X, Array.of(Shape.of(x.length, 1), x));
  }

  /** Converts candidates, [rows, 1], to points. */
  static List<CurvePoint> predicted(List<CurvePoint> points, Array candidates) {
    return IntStream.range(0, points.size())
        .mapToObj(i -> new CurvePoint(points.get(i).x(), candidates.real(i)))
        .toList();
  }

  private static List<Map<String, Object>> table(
      List<CurvePoint> points, List<CurvePoint> predicted, Array energy, Array evaluations) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("x", points.get(i).x());
      row.put("y", predicted.get(i).y());
      if (points.get(i).y() != null) {
        row.put("given", points.get(i).y());
      }
      if (energy != null) {
        row.put("energy", energy.real(i));
      }
      if (evaluations != null) {
        row.put("evaluations", evaluations.real(i));
      }
      rows.add(row);
    }
    return rows;
  }
}
