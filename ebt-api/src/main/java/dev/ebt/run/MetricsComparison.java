package dev.ebt.run;

import dev.ebt.error.Required;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of the metrics of two trainings, line by line. The time, the rates of data and the
 * waiting for it are not compared. Lines that only one training has are not compared either.
 *
 * @param lines the number of lines that both have
 * @param first the first difference; null if there is none
 * @param largest the largest relative difference of any value
 */
public record MetricsComparison(int lines, @Nullable Difference first, double largest) {
  private static final Set<String> NOT_COMPARED = Set.of("time", "dataWait");
  private static final String RATE = "PerSecond";

  /**
   * A difference of a value.
   *
   * @param step the update
   * @param metric the name of the value
   * @param recorded the value of the first training
   * @param repeated the value of the second one
   * @param relative the difference relative to the larger magnitude; infinite if only one is finite
   */
  public record Difference(
      long step, String metric, String recorded, String repeated, double relative) {}

  /**
   * Compares the lines of two trainings.
   *
   * @param tolerance the relative difference up to which values agree
   */
  static MetricsComparison of(
      List<Map<String, Object>> recorded, List<Map<String, Object>> repeated, double tolerance) {
    Map<String, Map<String, Object>> others = new LinkedHashMap<>();
    repeated.forEach(line -> others.put(key(line), line));
    int lines = 0;
    Difference first = null;
    double largest = 0;
    for (Map<String, Object> line : recorded) {
      Map<String, Object> other = others.get(key(line));
      if (other == null) {
        continue;
      }
      lines++;
      Difference found = worst(line, other);
      if (found != null) {
        largest = Math.max(largest, found.relative);
        if (first == null && found.relative > tolerance) {
          first = found;
        }
      }
    }
    return new MetricsComparison(lines, first, largest);
  }

  /** Returns the key of a line: a step may have one of the update and one of a validation. */
  private static String key(Map<String, Object> line) {
    return line.get("step") + (line.containsKey("loss") ? " update" : " validation");
  }

  private static @Nullable Difference worst(Map<String, Object> line, Map<String, Object> other) {
    Difference worst = null;
    for (Map.Entry<String, Object> entry : line.entrySet()) {
      String name = entry.getKey();
      if (NOT_COMPARED.contains(name) || name.endsWith(RATE)) {
        continue;
      }
      double relative = relative(entry.getValue(), other.get(name));
      if (relative > 0 && (worst == null || relative > worst.relative)) {
        worst =
            new Difference(
                ((Number) Required.of(line, "step")).longValue(),
                name,
                String.valueOf(entry.getValue()),
                String.valueOf(other.get(name)),
                relative);
      }
    }
    return worst;
  }

  private static double relative(@Nullable Object one, @Nullable Object two) {
    if (one instanceof Number a && two instanceof Number b) {
      return relative(a.doubleValue(), b.doubleValue());
    }
    if (one instanceof List<?> a && two instanceof List<?> b && a.size() == b.size()) {
      double largest = 0;
      for (int i = 0; i < a.size(); i++) {
        largest = Math.max(largest, relative(a.get(i), b.get(i)));
      }
      return largest;
    }
    return one == null
        ? (two == null ? 0 : Double.POSITIVE_INFINITY)
        : one.equals(two) ? 0 : Double.POSITIVE_INFINITY;
  }

  private static double relative(double a, double b) {
    if (Double.compare(a, b) == 0 || a == b) {
      return 0;
    }
    double relative = Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
    return Double.isNaN(relative) ? Double.POSITIVE_INFINITY : relative;
  }
}
