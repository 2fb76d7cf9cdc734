package dev.ebt.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The metrics that a run has recorded so far, read while a training may go on writing them.
 *
 * @param rows the readable lines, in order
 * @param damaged number of unreadable lines, without a last one that is still being written
 */
public record MetricsHistory(List<Row> rows, int damaged) {
  /**
   * The numbers of one line, which may be NaN or infinite.
   *
   * @param values numbers by name, without the step
   * @param lists lists of numbers by name, such as the loss by number of steps
   */
  public record Row(long step, Map<String, Double> values, Map<String, List<Double>> lists) {}

  /**
   * A metric over the training.
   *
   * @param steps ascending
   * @param values as many
   */
  public record Curve(double[] steps, double[] values) {
    /** Returns the number of values. */
    public int size() {
      return values.length;
    }
  }

  /** Copies the list. */
  public MetricsHistory {
    rows = List.copyOf(rows);
  }

  /**
   * Reads a file of metrics; one that does not exist has no rows.
   *
   * @throws dev.ebt.error.UserException if it cannot be read
   */
  public static MetricsHistory read(Path file) {
    JsonLinesTail.Added all = new JsonLinesTail(file).read();
    List<Row> rows = new ArrayList<>();
    int damaged = all.damaged();
    for (Map<String, Object> line : all.lines()) {
      if (line.get("step") instanceof Number step && step.longValue() >= 0) {
        rows.add(row(step.longValue(), line));
      } else {
        damaged++;
      }
    }
    return new MetricsHistory(rows, damaged);
  }

  private static Row row(long step, Map<String, Object> line) {
    Map<String, Double> values = new LinkedHashMap<>();
    Map<String, List<Double>> lists = new LinkedHashMap<>();
    line.forEach(
        (name, value) -> {
          if (value instanceof List<?> list) {
            lists.put(name, list.stream().map(MetricsHistory::number).toList());
          } else if (value instanceof Number number && !name.equals("step")) {
            values.put(name, number.doubleValue());
          }
        });
    return new Row(step, values, lists);
  }

  private static double number(Object value) {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** Returns the names of all values, in the order in which they first occur. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.values().keySet()));
    return names;
  }

  /** Returns the values of a metric; none if it was not recorded. */
  public Curve curve(String name) {
    List<Row> having = rows.stream().filter(row -> row.values().containsKey(name)).toList();
    return new Curve(
        having.stream().mapToDouble(Row::step).toArray(),
        having.stream().mapToDouble(row -> row.values().getOrDefault(name, Double.NaN)).toArray());
  }
}
