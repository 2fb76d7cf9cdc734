package dev.ebt.text.experiment.scaling;

import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.SeedValues;
import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.Figure;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportTable;
import dev.ebt.report.Series;
import dev.ebt.statistics.Bootstrap;
import dev.ebt.statistics.Interval;
import dev.ebt.statistics.SizeDataLaw;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/**
 * The comparison of the laws of two models over sizes and data. Seeds are drawn in pairs.
 *
 * @param ebt the losses of the EBT
 * @param baseline those of the Transformer++, at the same points and seeds
 */
record SurfaceComparison(LossSurface ebt, LossSurface baseline) {
  private Optional<Interval> advantage(ToDoubleFunction<SizeDataLaw> exponent) {
    return ebt.isAboveFloor() && baseline.isAboveFloor()
        ? Bootstrap.of(
            ebt.seeds(),
            drawn ->
                exponent.applyAsDouble(ebt.law(drawn)) / exponent.applyAsDouble(baseline.law(drawn))
                    - 1)
        : Optional.empty();
  }

  private static Optional<Interval> interval(
      LossSurface surface, ToDoubleFunction<SizeDataLaw> value) {
    return surface.isAboveFloor()
        ? Bootstrap.of(surface.seeds(), drawn -> value.applyAsDouble(surface.law(drawn)))
        : Optional.empty();
  }

  /**
   * Returns the finding.
   *
   * @param rates the chosen learning rates, in words
   */
  Finding finding(String rates) {
    Optional<Interval> size = advantage(SizeDataLaw::sizeExponent);
    Optional<Interval> data = advantage(SizeDataLaw::dataExponent);
    Optional<Interval> sizeExponent = interval(baseline, SizeDataLaw::sizeExponent);
    Optional<Interval> dataExponent = interval(baseline, SizeDataLaw::dataExponent);
    if (size.isEmpty() || data.isEmpty() || sizeExponent.isEmpty() || dataExponent.isEmpty()) {
      return Finding.cannotTell(
          "A loss is not above the floor H, or there are fewer than two seeds, so that"
              + " there is no fit with an interval. "
              + rates);
    }
    Outcome outcome = Outcome.CANNOT_TELL;
    if (sizeExponent.get().low() > 0 && dataExponent.get().low() > 0) {
      if (size.get().low() > 0 && data.get().low() > 0) {
        outcome = Outcome.HOLDS;
      } else if (size.get().high() < 0 || data.get().high() < 0) {
        outcome = Outcome.DOES_NOT_HOLD;
      }
    }
    return new Finding(
        outcome,
        String.format(
            Locale.ROOT,
            "The exponent of the EBT is higher by %s over parameters and by %s over data; published"
                + " are +2.91 %% and +35.98 %%. %s",
            ScalingComparison.percent(size.get()),
            ScalingComparison.percent(data.get()),
            rates),
        figures());
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new ReportTable(
            "Laws",
            "L = H + A / N^α + B / D^β, fitted to mean losses of the seeds; intervals of 95 %.",
            List.of("model", "A", "α", "B", "β"),
            List.of(law("EBT", ebt), law("Transformer++", baseline))));
    figures.add(losses("Loss of the EBT", ebt));
    figures.add(losses("Loss of the Transformer++", baseline));
    figures.add(differences());
    figures.add(chart("ebt", "EBT", ebt));
    figures.add(chart("transformer", "Transformer++", baseline));
    return figures;
  }

  private static List<String> law(String name, LossSurface surface) {
    return List.of(
        name,
        ReportNumbers.of(surface.law().sizeFactor()),
        interval(surface, SizeDataLaw::sizeExponent).map(ScalingComparison::text).orElse("none"),
        ReportNumbers.of(surface.law().dataFactor()),
        interval(surface, SizeDataLaw::dataExponent).map(ScalingComparison::text).orElse("none"));
  }

  private static Set<Long> bytes(LossSurface surface) {
    Set<Long> bytes = new LinkedHashSet<>();
    surface.points().forEach(point -> bytes.add(point.bytes()));
    return bytes;
  }

  private static Set<Integer> widths(LossSurface surface) {
    Set<Integer> widths = new LinkedHashSet<>();
    surface.points().forEach(point -> widths.add(point.width()));
    return widths;
  }

  private static ReportTable losses(String title, LossSurface surface) {
    return grid(title, surface, point -> SeedValues.text(surface.points().get(point).losses()));
  }

  private ReportTable differences() {
    return grid(
        "Loss of the Transformer++ minus that of the EBT",
        ebt,
        point ->
            SeedValues.text(
                SeedValues.minus(
                    baseline.points().get(point).losses(), ebt.points().get(point).losses())));
  }

  /** Returns a table with a row for each width and a column for each number of bytes. */
  private static ReportTable grid(String title, LossSurface surface, IntFunction<String> cell) {
    List<String> columns = new ArrayList<>(List.of("width", "parameters"));
    bytes(surface).forEach(bytes -> columns.add(ReportNumbers.of(bytes.longValue()) + " bytes"));
    List<List<String>> rows = new ArrayList<>();
    for (int width : widths(surface)) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(width)));
      for (int i = 0; i < surface.points().size(); i++) {
        LossSurface.Point point = surface.points().get(i);
        if (point.width() == width) {
          if (row.size() == 1) {
            row.add(ReportNumbers.of(point.parameters()));
          }
          row.add(cell.apply(i));
        }
      }
      rows.add(row);
    }
    return new ReportTable(title, "Means over seeds with 95 % intervals.", columns, rows);
  }

  private static Chart chart(String name, String model, LossSurface surface) {
    List<Series> series = new ArrayList<>();
    for (int width : widths(surface)) {
      List<LossSurface.Point> points =
          surface.points().stream().filter(point -> point.width() == width).toList();
      double[] x = points.stream().mapToDouble(LossSurface.Point::bytes).toArray();
      series.add(
          Series.marked(
              "width " + width,
              x,
              points.stream().mapToDouble(point -> point.mean() - surface.floor()).toArray()));
    }
    return new Chart(
        "excess-of-" + name,
        "Loss of the " + model + " above the floor H",
        "Means over seeds.",
        Axis.logarithmic("bytes of training text"),
        new Axis("loss above the floor H", "nats per byte", true),
        series);
  }
}
