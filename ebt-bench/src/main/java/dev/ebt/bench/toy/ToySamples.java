package dev.ebt.bench.toy;

import dev.ebt.error.UserException;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Option;
import dev.ebt.interact.Output;
import dev.ebt.interact.Outputs;
import dev.ebt.interact.PngImage;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Modality;
import dev.ebt.predict.Predictor;
import dev.ebt.run.LostChains;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Points that thinking makes of noise, compared with the known distribution of the data, and a
 * picture of both: {@code think RUN --landscape landscape.png}.
 */
final class ToySamples implements Interaction<ToySamples.SampleOptions> {
  private static final int POINTS = 1000;
  private static final int SIDE = 100;

  /**
   * The options.
   *
   * @param landscape the file of the picture
   */
  record SampleOptions(
      @Option(
              value = "PATH",
              description = "Of points: a picture of the energy and of --count samples, .png.")
          Path landscape) {

    /** Refuses a file of another format than PNG. */
    SampleOptions {
      if (landscape != null && !landscape.toString().endsWith(".png")) {
        throw new UserException(
            "--landscape is " + landscape + "; a name that ends in .png expected");
      }
    }
  }

  @Override
  public String name() {
    return "toy-samples";
  }

  @Override
  public String summary() {
    return "points are drawn by thinking and compared with the known distribution";
  }

  @Override
  public String subject() {
    return "points";
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof ToyModality;
  }

  @Override
  public Class<SampleOptions> options() {
    return SampleOptions.class;
  }

  @Override
  public boolean accepts(SampleOptions options) {
    return options.landscape() != null;
  }

  @Override
  public String suggestion() {
    return "--landscape landscape.png";
  }

  @Override
  public void run(
      TrainedModel model, CommonOptions common, SampleOptions options, Outputs outputs) {
    ToyDataset dataset = (ToyDataset) model.parts().dataset();
    Array candidates = candidates(model, common, common.countOr(POINTS));
    List<double[]> points = Landscape.points(candidates, dataset.distribution().dimension());
    outputs.table(moments(dataset.distribution(), points));
    if (!dataset.distribution().modes().isEmpty()) {
      outputs.table(modes(dataset.distribution(), points));
    }
    outputs.table(List.of(quality(dataset, candidates)));
    if (dataset.distribution() instanceof PlanarDistribution) {
      outputs.add(
          new Output.File(
              options.landscape(),
              new PngImage(LandscapePicture.draw(Landscape.of(model.parts(), points, SIDE))),
              ": the learned energy and the samples, and beside them the true energy and data"));
    } else {
      outputs.add(
          new Output.Warning(
              "--landscape draws points in the plane, and these have "
                  + dataset.distribution().dimension()
                  + " coordinates: there is no picture"));
    }
  }

  private static Array candidates(TrainedModel model, CommonOptions common, int count) {
    ToyDataset dataset = (ToyDataset) model.parts().dataset();
    try (Predictor predictor = model.parts().predictor(count)) {
      predictor.observe(dataset.context(count));
      predictor.begin(common.seed());
      predictor.reach(common.onlySteps(), common.tolerance());
      Array candidates = predictor.candidate();
      LostChains.check(model.parts(), candidates.doubles());
      return candidates;
    }
  }

  private static List<Map<String, Object>> moments(
      ToyDistribution distribution, List<double[]> points) {
    ToyDistribution.Truth truth = distribution.truth();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int k = 0; k < distribution.dimension(); k++) {
      int coordinate = k;
      double mean = points.stream().mapToDouble(p -> p[coordinate]).average().orElse(Double.NaN);
      double square =
          points.stream()
              .mapToDouble(p -> p[coordinate] * p[coordinate])
              .average()
              .orElse(Double.NaN);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("coordinate", k + 1);
      row.put("mean", mean);
      row.put("trueMean", truth.mean()[k]);
      row.put("deviation", Math.sqrt(Math.max(0, square - mean * mean)));
      row.put("trueDeviation", Math.sqrt(truth.second()[k][k] - truth.mean()[k] * truth.mean()[k]));
      rows.add(row);
    }
    return rows;
  }

  private static List<Map<String, Object>> modes(
      ToyDistribution distribution, List<double[]> points) {
    double[] shares = SampleQuality.shares(distribution, points);
    double[] truth = distribution.truth().shares();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("mode", i + 1);
      row.put("share", shares[i]);
      row.put("trueShare", truth[i]);
      rows.add(row);
    }
    return rows;
  }

  private static Map<String, Object> quality(ToyDataset dataset, Array candidates) {
    SampleQuality quality = new SampleQuality(dataset);
    int rows = candidates.shape().size(0);
    quality.add(new Batch(Map.of(), candidates, Array.filled(Shape.of(rows), 1)), candidates, rows);
    return new LinkedHashMap<>(quality.metrics());
  }
}
