package dev.ebt.bench.conformance;

import dev.ebt.tensor.Array;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * How far computed numbers are from the reference, kind by kind: the largest difference of any
 * entry, relative to the largest entry of its reference tensor.
 */
final class Agreement {
  /** What is compared, and how closely it has to agree in float32. */
  enum Quantity {
    ENERGIES(1e-4),
    STATES(1e-4),
    LOSS(1e-4),
    GRADIENTS(1e-3),
    TRAINED(1e-3);

    final double tolerance;

    Quantity(double tolerance) {
      this.tolerance = tolerance;
    }
  }

  private final Map<Quantity, Double> worst = new EnumMap<>(Quantity.class);
  private String where = "";

  /** Compares two arrays of one shape. */
  void compare(Quantity quantity, String name, Array expected, Array found) {
    if (!expected.shape().equals(found.shape())) {
      note(quantity, name, Double.POSITIVE_INFINITY);
      return;
    }
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.shape().elements(); i++) {
      double distance = Math.abs(expected.real(i) - found.real(i));
      difference =
          Double.isNaN(distance) ? Double.POSITIVE_INFINITY : Math.max(difference, distance);
      largest = Math.max(largest, Math.abs(expected.real(i)));
    }
    note(quantity, name, difference == 0 ? 0 : difference / Math.max(largest, 1e-12));
  }

  /** Compares two numbers. */
  void compare(Quantity quantity, String name, double expected, double found) {
    compare(quantity, name, Array.scalar(expected), Array.scalar(found));
  }

  private void note(Quantity quantity, String name, double error) {
    if (error > quantity.tolerance) {
      where = name;
    }
    worst.merge(quantity, error, Math::max);
  }

  /** Whether everything agrees. */
  boolean passed() {
    return !worst.isEmpty()
        && worst.entrySet().stream().allMatch(e -> e.getValue() <= e.getKey().tolerance);
  }

  /** The largest error of each quantity on one line; where it fails, the tensor. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    worst.forEach(
        (quantity, error) ->
            line.append("%s %.1e  ".formatted(quantity.name().toLowerCase(Locale.ROOT), error)));
    return passed() ? line.toString().stripTrailing() : line + "worst in " + where;
  }
}
