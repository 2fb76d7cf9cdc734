package dev.ebt.text.experiment;

import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.ExperimentRun;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.Scale;
import dev.ebt.experiment.SeedValues;
import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.ReportTable;
import dev.ebt.report.Series;
import dev.ebt.run.BasinShape;
import dev.ebt.run.EndPointCurvature;
import dev.ebt.run.EvaluationRequest;
import dev.ebt.statistics.Bootstrap;
import dev.ebt.statistics.Interval;
import dev.ebt.store.MetricsHistory;
import dev.ebt.sweep.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** Whether the regularizers of System 2 make the energy landscape smoother. */
public final class LandscapeSmoothness implements Experiment {
  private static final String REGULARIZERS = "regularizers";
  private static final String BOTH = "both";
  private static final String NONE = "none";
  private static final String STABILITY = "validation.stability";
  private static final String UNSTABLE = "validation.unstable";
  private static final String LOSS = "validation.loss";

  private static final int STEPS = 3;

  /** The windows of held-out lines around whose predictions the energy is looked at. */
  private static final int SHAPE_ROWS = 16;

  /** A difference of αλ that matters. */
  private static final double MATTERS = 0.05;

  /** The regularizers by the names of the settings. */
  private static final Map<String, String> SETTINGS = settings();

  private static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(BOTH, "[{name: random-step-size}, {name: random-step-count, minimum: 2}]");
    settings.put("random-step-count", "[{name: random-step-count, minimum: 2}]");
    settings.put("random-step-size", "[{name: random-step-size}]");
    settings.put(NONE, "[]");
    return settings;
  }

  @Override
  public String name() {
    return "landscape";
  }

  @Override
  public String summary() {
    return "whether the regularizers of System 2 make the energy landscape smoother";
  }

  @Override
  public ExperimentDesign design() {
    return new ExperimentDesign(
        "Do a random step size and a random number of steps make the energy landscape smoother, so"
            + " that thinking steps converge?",
        SmallBrackets.TEXT
            + " System 2 with both regularizers, with one of them, and with none, which trains on"
            + " a single number of steps (3 without a random one). The smoothness is that of"
            + " validations during training: the step size α times the largest curvature λ of the"
            + " energy at the final candidates; steps converge where it is below 2. The trained"
            + " models are looked at further on "
            + SHAPE_ROWS
            + " windows, with three steps: the smallest"
            + " curvature at the end, the share of straight lines from the start to the end without"
            + " a barrier of the energy, how far from the end thinking returns to it, in lengths of that"
            + " line, and the rank correlation of energies with losses.",
        "αλ after training with no regularizer minus that with both, seed by seed, as the mean with"
            + " a bootstrap interval of 95 %.",
        "The claim holds if the whole interval is above 0.05. It does not hold if it is below 0.05."
            + " Otherwise one cannot tell.");
  }

  @Override
  public List<ExperimentRun> runs(Scale scale) {
    List<ExperimentRun> runs = new ArrayList<>();
    for (Map.Entry<String, String> each : SETTINGS.entrySet()) {
      boolean random = each.getValue().contains("random-step-count");
      String steps = random ? "objective.steps=1" : "objective.steps=3";
      for (int seed : SmallBrackets.seeds(scale)) {
        runs.add(
            SmallBrackets.ebt(
                REGULARIZERS,
                each.getKey(),
                seed,
                scale,
                REGULARIZERS + "=" + each.getValue(),
                steps,
                "training.validateEvery=" + (scale == Scale.QUICK ? 10 : 100)));
      }
    }
    return runs;
  }

  @Override
  public Finding judge(ExperimentResults results) {
    Map<String, double[]> stabilities = new LinkedHashMap<>();
    SETTINGS.keySet().forEach(each -> stabilities.put(each, values(results, each, STABILITY)));
    int[] counts = stabilities.values().stream().mapToInt(v -> v.length).distinct().toArray();
    if (!results.complete() || counts.length > 1 || counts[0] < 2) {
      return Finding.cannotTell("Not all runs have finished with a smoothness.");
    }
    double[] differences =
        SeedValues.minus(values(results, NONE, STABILITY), values(results, BOTH, STABILITY));
    Optional<Interval> difference = Bootstrap.ofMean(differences);
    Outcome outcome = Outcome.CANNOT_TELL;
    if (difference.isPresent() && difference.get().excludes(MATTERS)) {
      outcome = difference.get().low() > MATTERS ? Outcome.HOLDS : Outcome.DOES_NOT_HOLD;
    }
    return new Finding(
        outcome,
        "Without regularizers αλ is higher than with both by "
            + SeedValues.text(differences)
            + "; it is "
            + SeedValues.text(values(results, BOTH, STABILITY))
            + " with both.",
        List.of(table(results), shapes(results), chart(results)));
  }

  /** Returns the shape of the energies of trained models. */
  private static ReportTable shapes(ExperimentResults results) {
    List<List<String>> rows = new ArrayList<>();
    for (String each : SETTINGS.keySet()) {
      List<Shape> shapes =
          results.bySeed(REGULARIZERS, each).values().stream()
              .map(run -> Shape.of(results, run))
              .toList();
      rows.add(
          List.of(
              each,
              text(shapes, shape -> shape.curvature().smallest()),
              text(shapes, shape -> shape.curvature().negative()),
              text(shapes, shape -> shape.basin().convexChords()),
              text(shapes, shape -> shape.basin().radius()),
              text(shapes, Shape::rankCorrelation)));
    }
    return new ReportTable(
        "Shape of the energy after training",
        "Means over seeds with 95 % intervals. λmin: the smallest curvature where thinking ends;"
            + " negative: the share of predictions, at least, where it is below 0; convex: the share of straight"
            + " lines from start to end without a barrier; radius: how far from the end thinking"
            + " returns, in lengths of that line; correlation: that of the ranks of energies and"
            + " losses.",
        List.of(REGULARIZERS, "λmin", "negative", "convex", "radius", "correlation"),
        rows);
  }

  private static String text(List<Shape> shapes, ToDoubleFunction<Shape> number) {
    return SeedValues.text(shapes.stream().mapToDouble(number).toArray());
  }

  /** What is known about the energy of one trained model. */
  private record Shape(EndPointCurvature curvature, BasinShape basin, double rankCorrelation) {
    static Shape of(ExperimentResults results, RunResult run) {
      UnaryOperator<EvaluationRequest> request =
          asked -> asked.withSteps(STEPS).withLimit(SHAPE_ROWS);
      double correlation =
          results.evaluate(run, request).results().get(0).effect().stream()
              .flatMapToDouble(effect -> effect.rankCorrelation().stream())
              .findFirst()
              .orElse(Double.NaN);
      return new Shape(
          results.curvature(run, request).get(0), results.basin(run, request).get(0), correlation);
    }
  }

  private static double[] values(ExperimentResults results, String setting, String metric) {
    return results.bySeed(REGULARIZERS, setting).values().stream()
        .flatMapToDouble(run -> run.value(metric).stream())
        .toArray();
  }

  private static ReportTable table(ExperimentResults results) {
    List<List<String>> rows = new ArrayList<>();
    SETTINGS
        .keySet()
        .forEach(
            each ->
                rows.add(
                    List.of(
                        each,
                        SeedValues.text(values(results, each, STABILITY)),
                        SeedValues.text(values(results, each, UNSTABLE)),
                        SeedValues.text(values(results, each, LOSS)))));
    return new ReportTable(
        "Smoothness after training",
        "Means over seeds with 95 % intervals; unstable is the share of predictions with αλ above"
            + " 2.",
        List.of(REGULARIZERS, "αλ", "unstable", "loss"),
        rows);
  }

  /** Returns αλ along training, of the first seed of each setting. */
  private static Chart chart(ExperimentResults results) {
    List<Series> series = new ArrayList<>();
    for (String each : SETTINGS.keySet()) {
      results.bySeed(REGULARIZERS, each).values().stream()
          .findFirst()
          .map(LandscapeSmoothness::curve)
          .filter(curve -> curve.size() > 0)
          .ifPresent(curve -> series.add(Series.marked(each, curve.steps(), curve.values())));
    }
    return new Chart(
        "stability",
        "αλ along training",
        "The first seed of each setting.",
        Axis.of("update"),
        Axis.of("αλ"),
        series);
  }

  private static MetricsHistory.Curve curve(RunResult run) {
    return MetricsHistory.read(run.path().resolve("metrics.jsonl")).curve(STABILITY);
  }
}
