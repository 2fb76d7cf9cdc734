package dev.ebt.bench.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.report.HeatMap;
import dev.ebt.report.Series;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * Heat maps as options of Apache ECharts: cells on two hidden axes of categories, lines of equal
 * value, and paths over them on axes of the same extent.
 */
final class HeatMapOptions {
  /** Viridis, dark to light: even in lightness, and told apart by colour-blind people. */
  private static final List<String> VIRIDIS =
      List.of(
          "#440154", "#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58",
          "#b5de2b", "#fde725");

  /** The name of the series of lines of equal value. */
  private static final String CONTOURS = "contours";

  private static final int LEVELS = 12;

  private HeatMapOptions() {}

  /** Returns the option of a heat map. */
  static ObjectNode of(HeatMap map) {
    ObjectNode option = ChartOptions.frame(map.title(), false);
    option.withObjectProperty("grid").put("bottom", 72);
    option.putObject("tooltip").put("confine", true).put("renderMode", "richText");
    axes(option.putArray("xAxis"), ChartOptions.below(ChartOptions.axis(map.x())), map.xs())
        .put("position", "bottom");
    axes(option.putArray("yAxis"), ChartOptions.above(ChartOptions.axis(map.y())), map.ys())
        .put("position", "left");
    DoubleSummaryStatistics finite =
        Arrays.stream(map.values())
            .flatMapToDouble(Arrays::stream)
            .filter(Double::isFinite)
            .summaryStatistics();
    colours(option, map, finite);
    ArrayNode all = option.putArray("series");
    cells(all.addObject(), map);
    if (finite.getCount() > 0) {
      contours(all.addObject(), map, finite);
    }
    map.paths().forEach(path -> path(all.addObject(), path));
    return option;
  }

  private static void colours(ObjectNode option, HeatMap map, DoubleSummaryStatistics finite) {
    ObjectNode scale = option.putObject("visualMap");
    scale
        .put("seriesIndex", 0)
        .put("dimension", 2)
        .put("min", ChartOptions.number(finite.getCount() == 0 ? 0 : finite.getMin()))
        .put("max", ChartOptions.number(finite.getCount() == 0 ? 1 : finite.getMax()))
        .put("orient", "horizontal")
        .put("left", "center")
        .put("bottom", 0)
        .put("calculable", true)
        .put("itemWidth", 14)
        .put("itemHeight", 180)
        .put("precision", 2);
    scale.putArray("text").add("high " + map.value().text()).add("low");
    ArrayNode colours = scale.putObject("inRange").putArray("color");
    VIRIDIS.forEach(colours::add);
  }

  /** Adds an axis of the cells, which is not shown, and one of the coordinates. */
  private static ObjectNode axes(ArrayNode axes, ObjectNode shown, double[] values) {
    axes.addObject().put("type", "category").put("show", false);
    double half = values.length > 1 ? (values[1] - values[0]) / 2 : 0.5;
    shown
        .put("min", ChartOptions.number(values[0] - half))
        .put("max", ChartOptions.number(values[values.length - 1] + half));
    shown.putObject("splitLine").put("show", false);
    shown.putObject("axisLabel").put("showMinLabel", false).put("showMaxLabel", false);
    axes.add(shown);
    return shown;
  }

  private static void cells(ObjectNode series, HeatMap map) {
    series.put("type", "heatmap").put("name", map.value().text()).put("progressive", 0);
    ArrayNode data = series.putArray("data");
    for (int row = 0; row < map.ys().length; row++) {
      for (int column = 0; column < map.xs().length; column++) {
        double value = map.values()[row][column];
        if (Double.isFinite(value)) {
          data.addArray().add(column).add(row).add(ChartOptions.number(value));
        }
      }
    }
  }

  /** Adds the lines of equal value at evenly spaced levels, as one line with gaps. */
  private static void contours(ObjectNode series, HeatMap map, DoubleSummaryStatistics finite) {
    series
        .put("type", "line")
        .put("name", CONTOURS)
        .put("xAxisIndex", 1)
        .put("yAxisIndex", 1)
        .put("symbol", "none")
        .put("silent", true)
        .put("z", 3);
    series.putObject("tooltip").put("show", false);
    series.putObject("lineStyle").put("color", "#ffffff").put("width", 1).put("opacity", 0.4);
    ArrayNode data = series.putArray("data");
    for (int i = 1; i <= LEVELS; i++) {
      double level = finite.getMin() + (finite.getMax() - finite.getMin()) * i / (LEVELS + 1.0);
      for (List<ContourLines.Point> line : ContourLines.of(map, level)) {
        for (ContourLines.Point point : line) {
          data.addArray().add(ChartOptions.number(point.x())).add(ChartOptions.number(point.y()));
        }
        data.addArray().add("-").add("-"); // A gap.
      }
    }
  }

  private static void path(ObjectNode series, Series path) {
    if (path.mark() == Series.Mark.POINTS) {
      points(series, path);
      return;
    }
    series
        .put("type", "line")
        .put("name", path.name())
        .put("xAxisIndex", 1)
        .put("yAxisIndex", 1)
        .put("symbol", "circle")
        .put("symbolSize", 8)
        .put("z", 5);
    series.putObject("lineStyle").put("color", "#ffffff").put("width", 2);
    series
        .putObject("itemStyle")
        .put("color", "#ffffff")
        .put("borderColor", "#000000")
        .put("borderWidth", 1.5);
    ArrayNode data = series.putArray("data");
    for (int i = 0; i < path.size(); i++) {
      if (!path.isFinite(i)) {
        continue;
      }
      ObjectNode point = data.addObject();
      point
          .putArray("value")
          .add(ChartOptions.number(path.x()[i]))
          .add(ChartOptions.number(path.y()[i]));
      if (i == path.size() - 1) {
        point.put("symbol", "diamond").put("symbolSize", 15);
        point.putObject("itemStyle").put("color", "#d55e00").put("borderColor", "#ffffff");
      }
    }
  }

  private static void points(ObjectNode series, Series points) {
    series
        .put("type", "scatter")
        .put("name", points.name())
        .put("xAxisIndex", 1)
        .put("yAxisIndex", 1)
        .put("symbolSize", 4)
        .put("z", 5);
    series.putObject("itemStyle").put("color", "#d55e00");
    ArrayNode data = series.putArray("data");
    for (int i = 0; i < points.size(); i++) {
      if (points.isFinite(i)) {
        data.addArray()
            .add(ChartOptions.number(points.x()[i]))
            .add(ChartOptions.number(points.y()[i]));
      }
    }
  }
}
