package dev.ebt.store;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

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
   * @throws UserException if it cannot be read
   */
  public static MetricsHistory read(Path file) {
    if (!Files.exists(file)) {
      return new MetricsHistory(List.of(), 0);
    }
    try {
      return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UserException("cannot read " + file + ": " + ReasonText.of(e), e);
    }
  }

  private static MetricsHistory parse(String text) {
    List<Row> rows = new ArrayList<>();
    int damaged = 0;
    int begin = 0;
    while (begin < text.length()) {
      int newline = text.indexOf('\n', begin);
      int end = newline < 0 ? text.length() : newline;
      Row row = row(text.substring(begin, end).getBytes(StandardCharsets.ISO_8859_1));
      if (row.step() >= 0) {
        rows.add(row);
      } else if (newline >= 0) {
        damaged++;
      }
      begin = end + 1;
    }
    return new MetricsHistory(rows, damaged);
  }

  /** Returns a line; with a negative step if it is unreadable. */
  private static Row row(byte[] line) {
    Map<String, Double> values = new LinkedHashMap<>();
    Map<String, List<Double>> lists = new LinkedHashMap<>();
    long step = -1;
    try {
      JsonNode node = JSON.readTree(line);
      JsonNode found = node.path("step");
      step = found.isIntegralNumber() && found.canConvertToLong() ? found.longValue() : -1;
      node.properties().forEach(entry -> add(entry.getKey(), entry.getValue(), values, lists));
    } catch (IOException e) {
      step = -1; // Torn, or no JSON.
    }
    return new Row(step, values, lists);
  }

  private static void add(
      String name, JsonNode value, Map<String, Double> values, Map<String, List<Double>> lists) {
    if (value.isArray()) {
      List<Double> all = new ArrayList<>();
      value.forEach(each -> all.add(number(each)));
      lists.put(name, all);
    } else if (!name.equals("step") && isNumber(value)) {
      values.put(name, number(value));
    }
  }

  /** Jackson writes values that are no numbers as text. */
  private static boolean isNumber(JsonNode value) {
    return value.isNumber() || Set.of("NaN", "Infinity", "-Infinity").contains(value.asText());
  }

  private static double number(JsonNode value) {
    return value.isNumber()
        ? value.doubleValue()
        : switch (value.asText()) {
          case "Infinity" -> Double.POSITIVE_INFINITY;
          case "-Infinity" -> Double.NEGATIVE_INFINITY;
          default -> Double.NaN;
        };
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
