package dev.ebt.bench.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.Series;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.Function;

/**
 * Charts as options of Apache ECharts. Colours are left to the theme of whoever draws them; series
 * also differ by dashes and symbols, so that they are told apart without colour.
 */
final class ChartOptions {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final MathContext DIGITS = new MathContext(5);

  /** Whole numbers below it, such as those of updates, are exact. */
  private static final double GREATEST_WHOLE = 1e15;

  private static final List<String> DASHES = List.of("solid", "dashed", "dotted");
  private static final List<String> SYMBOLS =
      List.of("circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect");

  /** The ratio of two values that are two powers of 10 apart. */
  private static final double NARROW = 100;

  private static final int TOP_WITH_LEGEND = 58;
  private static final int TOP = 32;

  /** The room for the right half of a number under the end of an axis, such as 1,048,576. */
  private static final int RIGHT = 32;

  private ChartOptions() {}

  /** Returns the option of a chart. */
  static ObjectNode of(Chart chart) {
    boolean legend = chart.series().size() > 1;
    ObjectNode option = frame(chart.title(), legend);
    if (legend) {
      option.putObject("legend").put("type", "scroll").put("top", 0);
    }
    boolean lines = chart.series().stream().anyMatch(s -> s.mark() != Series.Mark.POINTS);
    option
        .putObject("tooltip")
        .put("trigger", lines ? "axis" : "item")
        .put("confine", true)
        .put("renderMode", "richText");
    option.set("xAxis", below(axis(chart.x())).put("scale", true));
    if (whole(chart)) {
      option.withObjectProperty("xAxis").put("minInterval", 1);
    }
    option.set("yAxis", above(axis(chart.y())).put("scale", true));
    markNarrow(option.withObjectProperty("xAxis"), chart.x(), chart, Series::x);
    markNarrow(option.withObjectProperty("yAxis"), chart.y(), chart, Series::y);
    ArrayNode all = option.putArray("series");
    for (int i = 0; i < chart.series().size(); i++) {
      all.add(series(chart, chart.series().get(i), i));
    }
    return option;
  }

  /**
   * Marks powers of 2 on a logarithmic axis with less than two powers of 10, which would be all
   * that is marked, and where it begins and ends.
   */
  private static void markNarrow(
      ObjectNode option, Axis axis, Chart chart, Function<Series, double[]> coordinates) {
    DoubleSummaryStatistics range =
        chart.series().stream()
            .flatMapToDouble(series -> Arrays.stream(coordinates.apply(series)))
            .filter(value -> Double.isFinite(value) && value > 0)
            .summaryStatistics();
    if (axis.logarithmic() && range.getMax() / range.getMin() < NARROW) {
      option.put("logBase", 2);
    }
  }

  /** Returns what all charts have in common. */
  static ObjectNode frame(String title, boolean legend) {
    ObjectNode option = JSON.objectNode();
    option.put("animation", false);
    option.putObject("aria").put("enabled", true).putObject("label").put("description", title);
    option
        .putObject("grid")
        .put("containLabel", true)
        .put("left", 24)
        .put("right", RIGHT)
        .put("top", legend ? TOP_WITH_LEGEND : TOP)
        .put("bottom", 28);
    return option;
  }

  /** Returns the option of an axis without a place for its name. */
  static ObjectNode axis(Axis axis) {
    ObjectNode option = JSON.objectNode();
    option.put("type", axis.logarithmic() ? "log" : "value").put("name", axis.text());
    option.putObject("axisLine").put("onZero", false);
    return option;
  }

  /** Puts the name of a horizontal axis below its middle. */
  static ObjectNode below(ObjectNode axis) {
    return axis.put("nameLocation", "middle").put("nameGap", 28);
  }

  /** Puts the name of a vertical axis above it, where no number is. */
  static ObjectNode above(ObjectNode axis) {
    axis.put("nameLocation", "end").put("nameGap", 12);
    axis.putObject("nameTextStyle").put("align", "left").put("padding", 0);
    return axis;
  }

  /** Returns whether all x are whole numbers. */
  private static boolean whole(Chart chart) {
    return chart.series().stream()
        .allMatch(series -> Arrays.stream(series.x()).allMatch(x -> x == Math.rint(x)));
  }

  private static ObjectNode series(Chart chart, Series full, int index) {
    boolean points = full.mark() == Series.Mark.POINTS;
    Series series = points ? full : Thinning.of(full);
    ObjectNode option = JSON.objectNode();
    option
        .put("type", points ? "scatter" : "line")
        .put("name", series.name())
        .put("symbol", SYMBOLS.get(index % SYMBOLS.size()))
        .put("symbolSize", points ? 5 : 7);
    if (!points) {
      option.put("showSymbol", series.mark() == Series.Mark.MARKED_LINE || series.size() == 1);
      option
          .putObject("lineStyle")
          .put("width", 2)
          .put("type", DASHES.get(index / 2 % DASHES.size()));
    } else {
      option.putObject("itemStyle").put("opacity", 0.6);
    }
    option.set("data", data(chart, series));
    return option;
  }

  private static ArrayNode data(Chart chart, Series series) {
    ArrayNode data = JSON.arrayNode();
    for (int i = 0; i < series.size(); i++) {
      boolean shown =
          series.isFinite(i)
              && !(chart.y().logarithmic() && series.y()[i] <= 0)
              && !(chart.x().logarithmic() && series.x()[i] <= 0);
      ArrayNode point = data.addArray();
      point.add(number(series.x()[i]));
      if (shown) {
        point.add(number(series.y()[i]));
      } else {
        point.add("-"); // A gap.
      }
    }
    return data;
  }

  /** Returns a number with as many digits as a chart can show; a whole one exactly. */
  static BigDecimal number(double value) {
    if (!Double.isFinite(value)) {
      return BigDecimal.ZERO;
    }
    BigDecimal exact = new BigDecimal(value);
    return value == Math.rint(value) && Math.abs(value) < GREATEST_WHOLE
        ? exact
        : exact.round(DIGITS).stripTrailingZeros();
  }
}
