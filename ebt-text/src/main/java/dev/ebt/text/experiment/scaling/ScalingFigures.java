package dev.ebt.text.experiment.scaling;

import dev.ebt.experiment.SeedValues;
import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.Figure;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportTable;
import dev.ebt.report.Series;
import dev.ebt.statistics.PowerLaw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tables and charts of a comparison.
 *
 * @param comparison of the two models
 */
record ScalingFigures(ScalingComparison comparison) {
  private static final String EBT = "EBT";
  private static final String BASELINE = "Transformer++";
  private static final String EXCESS = "loss above the floor H";

  /** Returns all of them, in order. */
  List<Figure> all() {
    List<Figure> figures = new ArrayList<>(List.of(laws(), trainings(), atEqualCost(), chart()));
    if (comparison.axis() != ScalingAxis.FLOPS) { // The first chart has them already.
      figures.add(chartByOperations());
    }
    return figures;
  }

  private ReportTable laws() {
    return new ReportTable(
        "Power laws",
        "L − H = B x^(−β) over "
            + comparison.axis().label()
            + ", fitted to mean losses of the seeds; intervals of 95 %.",
        List.of("model", "β", "B"),
        List.of(law(EBT, comparison.ebt()), law(BASELINE, comparison.baseline())));
  }

  private static List<String> law(String name, ScalingCurve curve) {
    return List.of(
        name,
        ScalingComparison.exponent(curve).map(ScalingComparison::text).orElse("none"),
        ReportNumbers.of(curve.law().factor()));
  }

  private ReportTable trainings() {
    List<List<String>> rows = new ArrayList<>(trainings(EBT, comparison.ebt()));
    rows.addAll(trainings(BASELINE, comparison.baseline()));
    return new ReportTable(
        "Losses and costs",
        "Means over seeds, of losses with 95 % intervals. FLOPs are those of all updates, counted"
            + " from the programs. Seconds are those on the clock of this machine, with"
            + " compilation, validation and whatever else was running.",
        List.of("model", comparison.axis().valueName(), "parameters", "FLOPs", "seconds", "loss"),
        rows);
  }

  private static List<List<String>> trainings(String name, ScalingCurve curve) {
    return curve.points().stream()
        .map(
            point ->
                List.of(
                    name,
                    point.value(),
                    ReportNumbers.of(point.work().parameters()),
                    ReportNumbers.of(point.work().operations()),
                    ReportNumbers.of(SeedValues.mean(point.seconds())),
                    SeedValues.text(point.losses())))
        .toList();
  }

  private ReportTable atEqualCost() {
    ScalingCurve ebt = comparison.ebt();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < ebt.points().size(); i++) {
      ScalingCurve.Point point = ebt.points().get(i);
      rows.add(
          List.of(
              point.value(),
              SeedValues.text(point.losses()),
              SeedValues.text(
                  SeedValues.minus(comparison.baseline().points().get(i).losses(), point.losses())),
              advantage(comparison.baseline().operations(), ebt.operations()[i], point),
              advantage(comparison.baseline().seconds(), ebt.seconds()[i], point)));
    }
    return new ReportTable(
        "Loss of the Transformer++ minus that of the EBT",
        "Above 0 the EBT is better. With equal FLOPs and seconds of training the loss of the"
            + " Transformer++ is taken from the straight lines through its points in logarithms;"
            + " there is none for more than its longest training took, or less than its shortest.",
        List.of(
            comparison.axis().valueName(),
            "EBT",
            "equal size and tokens",
            "equal FLOPs",
            "equal seconds"),
        rows);
  }

  /** Returns the advantage over what the baseline has at a cost, by seed. */
  private String advantage(double[] costs, double cost, ScalingCurve.Point point) {
    double[] advantages = new double[point.losses().length];
    Arrays.setAll(
        advantages,
        seed ->
            PowerLaw.between(
                    comparison.baseline().floor(), costs, comparison.baseline().losses(seed), cost)
                - point.losses()[seed]);
    return Arrays.stream(advantages).allMatch(Double::isFinite)
        ? SeedValues.text(advantages)
        : "none";
  }

  private Chart chart() {
    List<Series> series = new ArrayList<>();
    series.addAll(series(EBT, comparison.ebt()));
    series.addAll(series(BASELINE, comparison.baseline()));
    return new Chart(
        "excess-by-" + comparison.axis().word(),
        "Loss above the floor H by " + comparison.axis().label(),
        "Means over seeds, and the fitted laws.",
        Axis.logarithmic(comparison.axis().label()),
        new Axis(EXCESS, "nats per byte", true),
        series);
  }

  private static List<Series> series(String name, ScalingCurve curve) {
    PowerLaw law = curve.law();
    double[] x = curve.quantities();
    return List.of(
        Series.marked(name, x, excess(curve, curve.means())),
        Series.line(name + ", fitted", x, excess(curve, Arrays.stream(x).map(law::at).toArray())));
  }

  private Chart chartByOperations() {
    return new Chart(
        "excess-by-training-flops",
        "Loss above the floor H by the FLOPs of a training",
        "Means over seeds.",
        Axis.logarithmic("FLOPs of training"),
        new Axis(EXCESS, "nats per byte", true),
        List.of(
            byOperations(EBT, comparison.ebt()), byOperations(BASELINE, comparison.baseline())));
  }

  private static Series byOperations(String name, ScalingCurve curve) {
    return Series.marked(name, curve.operations(), excess(curve, curve.means()));
  }

  private static double[] excess(ScalingCurve curve, double... losses) {
    return Arrays.stream(losses).map(loss -> loss - curve.floor()).toArray();
  }
}
