package dev.ebt.bench.toy;

import dev.ebt.error.Required;
import dev.ebt.modality.Batch;
import dev.ebt.predict.Predictor;
import dev.ebt.report.Axis;
import dev.ebt.report.HeatMap;
import dev.ebt.report.ReportRun;
import dev.ebt.report.ReportSection;
import dev.ebt.report.SectionContent;
import dev.ebt.report.Series;
import dev.ebt.report.Verdict;
import dev.ebt.run.LostChains;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A section of the report: the learned energy over the plane with samples, and the true one. */
final class LandscapeReport implements ReportSection {
  private static final int POINTS = 400;
  private static final int SIDE = 41;

  /** The height above the minimum up to which energies are shown. */
  private static final double DEPTH = 8;

  /** The error of a mode's share up to which a distribution counts as learned. */
  private static final double NEAR = 0.2;

  /** The excess of the true energy up to which samples count as from the distribution. */
  private static final double MOST_EXCESS = 0.3;

  @Override
  public String name() {
    return "toy-landscape";
  }

  @Override
  public String summary() {
    return "the learned energy of points in the plane beside the true one";
  }

  @Override
  public String title() {
    return "Is the energy that of the data?";
  }

  @Override
  public int position() {
    return 41;
  }

  @Override
  public Optional<SectionContent> content(ReportRun run) {
    RunParts parts = run.model().map(model -> model.parts()).orElse(null);
    if (parts == null
        || !parts.thinks()
        || !(parts.dataset() instanceof ToyDataset dataset)
        || !(dataset.distribution() instanceof PlanarDistribution)) {
      return Optional.empty();
    }
    Array candidates = samples(parts);
    Landscape landscape = Landscape.of(parts, Landscape.points(candidates, 2), SIDE);
    return Optional.of(
        SectionContent.of(
            verdict(dataset, candidates),
            map(
                "Learned energy and samples: " + run.label(),
                landscape,
                landscape.learned(),
                landscape.samples()),
            map(
                "True energy and data: " + run.label(),
                landscape,
                landscape.known(),
                landscape.data())));
  }

  private static Array samples(RunParts parts) {
    try (Predictor predictor = parts.predictor(POINTS)) {
      predictor.observe(((ToyDataset) parts.dataset()).context(POINTS));
      predictor.begin(parts.configuration().seed());
      predictor.reach(parts.steps().taken(), 0);
      Array candidates = predictor.candidate();
      LostChains.check(parts, candidates.doubles());
      return candidates;
    }
  }

  private static Verdict verdict(ToyDataset dataset, Array candidates) {
    SampleQuality quality = new SampleQuality(dataset);
    quality.add(
        new Batch(Map.of(), candidates, Array.filled(Shape.of(POINTS), 1)), candidates, POINTS);
    Map<String, Double> metrics = quality.metrics();
    String distance =
        String.format(
            Locale.ROOT,
            "the energy distance of %d samples from the data is %.3f (0: the same distribution)",
            POINTS,
            metrics.get("energyDistance"));
    double excess = Required.of(metrics, "excessEnergy");
    String energy =
        String.format(
            Locale.ROOT, "; their true energy is %.2f above that of the data on average", excess);
    Double error = metrics.get("modeError");
    if (error == null) {
      return Verdict.neutral("To be seen below: " + distance + energy + ".");
    }
    String modes =
        String.format(
            Locale.ROOT, "; shares of modes are within %.0f %% of the true ones.", 100 * error);
    return error <= NEAR && excess <= MOST_EXCESS
        ? Verdict.good("Yes: " + distance + energy + modes)
        : Verdict.neutral("Not quite: " + distance + energy + modes);
  }

  private static HeatMap map(
      String title, Landscape landscape, double[] energies, List<double[]> points) {
    double[] extent = landscape.distribution().extent();
    double lowest = Arrays.stream(energies).filter(Double::isFinite).min().orElse(0);
    double[][] values = new double[SIDE][SIDE];
    for (int i = 0; i < energies.length; i++) {
      values[i / SIDE][i % SIDE] = Math.min(energies[i] - lowest, DEPTH);
    }
    return new HeatMap(
        title,
        "The energy above its minimum, cut at 8; dark is low. Points are final candidates, or"
            + " data.",
        Axis.of("x"),
        Axis.of("y"),
        range(extent[0], extent[1]),
        range(extent[2], extent[3]),
        values,
        Axis.of("energy"),
        List.of(
            Series.points(
                "points",
                points.stream().mapToDouble(p -> p[0]).toArray(),
                points.stream().mapToDouble(p -> p[1]).toArray())));
  }

  private static double[] range(double from, double to) {
    double[] range = new double[SIDE];
    Arrays.setAll(range, i -> from + i * (to - from) / (SIDE - 1));
    return range;
  }
}
