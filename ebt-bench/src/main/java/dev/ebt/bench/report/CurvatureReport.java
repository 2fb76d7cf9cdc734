package dev.ebt.bench.report;

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
 */
public record CurvatureReport(List<EndPointCurvature> found) {
  /** Returns a line for each number of steps, for JSON. */
  public List<Map<String, Object>> lines() {
    return found.stream().map(CurvatureReport::line).toList();
  }

  private static Map<String, Object> line(EndPointCurvature each) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("steps", each.steps());
    line.put("leastCurvature", each.least());
    line.put("greatestCurvature", each.greatest());
    line.put("downward", each.downward());
    return line;
  }

  /** Prints the table, with the meaning of its columns. */
  public void print(PrintStream out) {
    MetricTable.printLines(lines(), out);
    out.printf(
        Locale.ROOT,
        "means over %d predictions of the eigenvalues of the Hessian of the energy where thinking"
            + " ends%n",
        found.get(0).predictions());
    out.println(
        "downward: share of predictions with an eigenvalue below 0, which are no minimum of the"
            + " energy");
  }
}
