package dev.ebt.bench.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import dev.ebt.interact.PngImage;
import dev.ebt.report.Chart;
import dev.ebt.report.HeatMap;
import dev.ebt.report.Series;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Charts of a report as files for a paper: SVG, PNG, or their numbers as CSV. */
public final class ChartFile {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 440;

  /** Pixels of a PNG per unit of the SVG, for print. */
  private static final int SCALE = 2;

  private ChartFile() {}

  /** Returns the chart as SVG with black text on white. */
  public static String svg(Chart chart) {
    ObjectNode option = ChartOptions.of(chart);
    option.putObject("title").put("text", chart.title()).put("left", "center");
    option.withObjectProperty("title").putObject("textStyle").put("fontSize", 16);
    option.withObjectProperty("grid").put("top", chart.series().size() > 1 ? 92 : 66);
    if (option.has("legend")) {
      option.withObjectProperty("legend").put("top", 32);
    }
    return svg(option);
  }

  /** Returns the heat map as SVG with black text on white. */
  public static String svg(HeatMap map) {
    ObjectNode option = HeatMapOptions.of(map);
    option.putObject("title").put("text", map.title()).put("left", "center");
    option.withObjectProperty("title").putObject("textStyle").put("fontSize", 16);
    option.withObjectProperty("grid").put("top", 66);
    option.withObjectProperty("visualMap").put("calculable", false); // Nothing to drag.
    return svg(option);
  }

  private static String svg(ObjectNode option) {
    option.remove(List.of("tooltip", "aria")); // Both need a browser.
    // The rules are about the pointer, of which a paper has none, and JSVG cannot read them.
    return EchartsSvg.of(option, WIDTH, HEIGHT).replaceAll("(?s)<style[ >].*?</style>", "");
  }

  /** Returns a chart that is SVG as PNG. */
  public static byte[] png(String chart) {
    byte[] svg = chart.getBytes(StandardCharsets.UTF_8);
    SVGDocument document =
        new SVGLoader().load(new ByteArrayInputStream(svg), null, LoaderContext.createDefault());
    if (document == null) {
      throw new IllegalStateException("the SVG of a chart cannot be read");
    }
    BufferedImage image =
        new BufferedImage(SCALE * WIDTH, SCALE * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(SCALE, SCALE);
    document.render(null, graphics, new ViewBox(0, 0, WIDTH, HEIGHT));
    graphics.dispose();
    try {
      return new PngImage(image).encode();
    } catch (IOException e) {
      throw new UncheckedIOException("an image in memory", e);
    }
  }

  /** Returns all numbers of the chart, one point per line after a heading. */
  public static String csv(Chart chart) {
    StringBuilder csv = new StringBuilder();
    line(csv, "series", chart.x().text(), chart.y().text());
    for (Series series : chart.series()) {
      for (int i = 0; i < series.size(); i++) {
        line(csv, series.name(), number(series.x()[i]), number(series.y()[i]));
      }
    }
    return csv.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }

  private static void line(StringBuilder csv, String... values) {
    for (int i = 0; i < values.length; i++) {
      csv.append(i == 0 ? "" : ",").append(quoted(values[i]));
    }
    csv.append('\n');
  }

  private static String quoted(String value) {
    return value.matches("(?s).*[\",\n\r].*") ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }
}
