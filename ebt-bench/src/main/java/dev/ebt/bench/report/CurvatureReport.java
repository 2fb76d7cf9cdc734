package dev.ebt.bench.report;

import dev.ebt.run.BasinShape;
import dev.ebt.run.EndPointCurvature;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The curvature of the energy where thinking ends, as text or JSON.
 *
 * @param found for each number of thinking steps
 * @param basins for each number of thinking steps but 0; empty for several landscapes
 */
public record CurvatureReport(List<EndPointCurvature> found, List<BasinShape> basins) {
  /** Returns a line for each number of steps, for JSON. */
  public List<Map<String, Object>> lines() {
    return found.stream().map(this::line).toList();
  }

  private Map<String, Object> line(EndPointCurvature each) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("steps", each.steps());
    line.put("smallest", each.smallest());
    line.put("largest", each.largest());
    line.put("negative", each.negative());
    basins.stream()
        .filter(basin -> basin.steps() == each.steps())
        .forEach(
            basin -> {
              line.put("convexChords", basin.convexChords());
              line.put("basinRadius", basin.radius());
            });
    return line;
  }

  /** Prints the table, with the meaning of its columns. */
  public void print(PrintStream out) {
    MetricTable.printLines(lines(), out);
    out.printf(
        Locale.ROOT,
        "smallest, largest: means over %d predictions of these eigenvalues of the Hessian of the energy"
            + " where thinking ends%n",
        found.get(0).predictions());
    out.println(
        "negative: at least this share of predictions has an eigenvalue below 0 and is no minimum of"
            + " the energy");
    if (!basins.isEmpty()) {
      out.println(
          "convexChords: share of predictions without a barrier of the energy between initial"
              + " candidate and end");
      out.println(
          "basinRadius: how far from the end thinking returns to it, from 0 to 4 times the distance of"
              + " the initial candidate");
    }
  }
}
