package example.control;

import dev.ebt.interact.Content;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A drawing of the obstacle, of both goals and of the trajectories of agents, in SVG. */
record PathDrawing(List<Episode> episodes) implements Content {
  private static final double SCALE = 160;

  @Override
  public String mediaType() {
    return "image/svg+xml";
  }

  @Override
  public byte[] encode() {
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"320\" height=\"336\">\n");
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    svg.append(disc(new Point(0, 0), Plane.OBSTACLE, "#bbb"));
    for (Plane.Side side : Plane.Side.values()) {
      svg.append(disc(side.goal(), Plane.NEAR, "#cec"));
    }
    episodes.forEach(episode -> svg.append(trajectory(episode)));
    return svg.append("</svg>\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String trajectory(Episode episode) {
    StringBuilder points = new StringBuilder();
    for (Point position : episode.positions()) {
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", left(position), top(position)));
    }
    return String.format(
        Locale.ROOT,
        "<polyline fill=\"none\" stroke=\"%s\" stroke-opacity=\"0.5\" points=\"%s\"/>%n",
        episode.reached().isPresent() ? "#369" : "#c03",
        points.toString().strip());
  }

  private static String disc(Point middle, double radius, String colour) {
    return String.format(
        Locale.ROOT,
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>%n",
        left(middle),
        top(middle),
        radius * SCALE,
        colour);
  }

  private static double left(Point position) {
    return SCALE * (1 + position.x());
  }

  private static double top(Point position) {
    return SCALE * (1.1 - position.y());
  }
}
