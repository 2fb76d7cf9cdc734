package dev.ebt.bench.progress;

import dev.ebt.config.PlainNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The metrics of a training step as short texts for one line, the most important first. They are
 * those of a line of {@code metrics.jsonl}; missing ones are left out.
 */
public final class MetricFields {
  private static final String PER_SECOND = "PerSecond";
  private static final String[] SCALES = {"", "k", "M", "G", "T"};
  private static final int THOUSAND = 1000;

  private MetricFields() {}

  /**
   * Returns the texts: loss, energy gap (the fall of the mean energy from the first to the last
   * thinking step), step size, norm of the gradient before clipping, data processed.
   *
   * @param line values by name, as in {@code metrics.jsonl}
   */
  public static List<String> of(Map<String, ?> line) {
    List<String> fields = new ArrayList<>();
    number(line, "loss").ifPresent(loss -> fields.add(format("loss %.3f", loss)));
    number(line, "firstEnergy")
        .ifPresent(
            first ->
                number(line, "lastEnergy")
                    .ifPresent(last -> fields.add(format("energy gap %.3f", first - last))));
    number(line, "stepSize").ifPresent(size -> fields.add("α " + significant(size)));
    number(line, "gradientNorm").ifPresent(norm -> fields.add("gradient " + significant(norm)));
    unit(line)
        .ifPresent(unit -> number(line, unit).ifPresent(count -> fields.add(data(count, unit))));
    return fields;
  }

  /** Returns the amount of data processed: {@code 1.2M tokens}. */
  public static String data(double count, String unit) {
    return scaled(count) + " " + unit;
  }

  /** Returns the unit of data that a line counts, in the plural: the one with a rate. */
  public static Optional<String> unit(Map<String, ?> line) {
    return line.keySet().stream()
        .filter(name -> name.endsWith(PER_SECOND))
        .map(name -> name.substring(0, name.length() - PER_SECOND.length()))
        .findFirst();
  }

  /** Returns the updates per second up to a line, from the rate of its data. */
  public static Optional<Double> updatesPerSecond(Map<String, ?> line) {
    return unit(line)
        .flatMap(
            unit -> {
              double rate = number(line, unit + PER_SECOND).orElse(0.0);
              double perUpdate = number(line, unit).orElse(0.0) / number(line, "step").orElse(0.0);
              return rate > 0 && perUpdate > 0 && Double.isFinite(perUpdate)
                  ? Optional.of(rate / perUpdate)
                  : Optional.empty();
            });
  }

  private static Optional<Double> number(Map<String, ?> line, String name) {
    return line.get(name) instanceof Number value
        ? Optional.of(value.doubleValue())
        : Optional.empty();
  }

  private static String significant(double value) {
    return PlainNumber.of(Double.parseDouble(format("%.3g", value)));
  }

  /** Returns a count in at most four characters and a prefix: 950, 12.3k, 4.5M. */
  static String scaled(double count) {
    double value = count;
    int scale = 0;
    while (value >= THOUSAND && scale < SCALES.length - 1) {
      value /= THOUSAND;
      scale++;
    }
    return (scale == 0 ? format("%.0f", value) : format("%.1f", value)) + SCALES[scale];
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
