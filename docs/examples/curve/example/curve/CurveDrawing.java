package example.curve;

import dev.ebt.interact.Content;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A drawing of the two branches y = ±√x as lines, of given points as rings and of predictions as
 * dots, in SVG.
 */
record CurveDrawing(List<CurvePoint> given, List<CurvePoint> predicted) implements Content {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 360;
  private static final double GREATEST_Y = 3;

  @Override
  public String mediaType() {
    return "image/svg+xml";
  }

  @Override
  public byte[] encode() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
            WIDTH,
            HEIGHT));
    svg.append(line(0, 0, greatestX(), 0, "#ccc")).append(line(0, -3, 0, 3, "#ccc"));
    branch(1, svg);
    branch(-1, svg);
    given.stream()
        .filter(point -> point.y() != null)
        .forEach(point -> svg.append(circle(point, 4, "none", "#888")));
    predicted.forEach(point -> svg.append(circle(point, 3, "#c03", "none")));
    return svg.append("</svg>\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private double greatestX() {
    return Math.max(4.5, given.stream().mapToDouble(CurvePoint::x).max().orElse(0) * 1.1);
  }

  private double left(double x) {
    return 20 + (WIDTH - 40) * x / greatestX();
  }

  private static double top(double y) {
    return HEIGHT / 2.0 - (HEIGHT / 2.0 - 10) * y / GREATEST_Y;
  }

  private void branch(int sign, StringBuilder svg) {
    svg.append("<polyline fill=\"none\" stroke=\"#369\" stroke-width=\"2\" points=\"");
    for (int i = 0; i <= 100; i++) {
      double x = greatestX() * i / 100;
      svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", left(x), top(sign * Math.sqrt(x))));
    }
    svg.append("\"/>\n");
  }

  private String line(double x1, double y1, double x2, double y2, String colour) {
    return String.format(
        Locale.ROOT,
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
        left(x1),
        top(y1),
        left(x2),
        top(y2),
        colour);
  }

  private String circle(CurvePoint point, int radius, String fill, String stroke) {
    return String.format(
        Locale.ROOT,
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\" fill=\"%s\" stroke=\"%s\"/>%n",
        left(point.x()),
        top(point.y()),
        radius,
        fill,
        stroke);
  }
}
