package dev.ebt.bench.conformance;

import dev.ebt.tensor.Array;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far computed numbers are from the reference, kind by kind: the largest difference of any
 * entry, relative to the largest entry of its reference tensor.
 *
 * <p>Thinking multiplies rounding errors where energies are steep: numbers of a float32 reference
 * are then only as good as that. What a rounding of every parameter would do tells how good: see
 * {@link #rounded}.
 */
final class Agreement {
  /** What is compared, and how closely it has to agree in float32. */
  enum Quantity {
    ENERGIES(1e-4),
    STATES(1e-4),
    LOSS(1e-4),
    GRADIENTS(1e-3),
    TRAINED(1e-3),
    RATES(1e-6);

    final double tolerance;

    Quantity(double tolerance) {
      this.tolerance = tolerance;
    }
  }

  /** Errors in units of what one rounding of all parameters changes: what a computation adds up. */
  private static final double ROUNDINGS = 10;

  /** Rounding excuses no error of more than so many tolerances. */
  private static final double MOST = 20;

  private final Map<Quantity, Double> worst = new EnumMap<>(Quantity.class);
  private final List<Map<String, Array>> rounded;
  private String where = "";
  private boolean rounding;

  /** Agreement within the tolerances. */
  Agreement() {
    this(List.of());
  }

  private Agreement(List<Map<String, Array>> rounded) {
    this.rounded = rounded;
  }

  /**
   * Agreement within the tolerances, or within what rounding makes of a number.
   *
   * @param rounded what is found with every parameter off by one unit in its last place, several
   *     times
   */
  static Agreement rounded(List<Map<String, Array>> rounded) {
    return new Agreement(rounded);
  }

  /** Compares two arrays of one shape. */
  void compare(Quantity quantity, String name, Array expected, Array found) {
    if (!expected.shape().equals(found.shape())) {
      note(quantity, name, Double.POSITIVE_INFINITY, quantity.tolerance);
      return;
    }
    double largest = largest(expected);
    double error = distance(expected, found) / largest;
    double moved = 0;
    for (Map<String, Array> other : rounded) {
      moved = Math.max(moved, distance(found, other.getOrDefault(name, found)) / largest);
    }
    double allowed = Math.min(ROUNDINGS * moved, MOST * quantity.tolerance);
    note(quantity, name, error, Math.max(quantity.tolerance, allowed));
  }

  private static double largest(Array expected) {
    double largest = 1e-12;
    for (int i = 0; i < expected.shape().elements(); i++) {
      largest = Math.max(largest, Math.abs(expected.real(i)));
    }
    return largest;
  }

  private static double distance(Array a, Array b) {
    double largest = 0;
    for (int i = 0; i < a.shape().elements(); i++) {
      double distance = Math.abs(a.real(i) - b.real(i));
      largest = Double.isNaN(distance) ? Double.POSITIVE_INFINITY : Math.max(largest, distance);
    }
    return largest;
  }

  /** Compares two numbers. */
  void compare(Quantity quantity, String name, double expected, double found) {
    compare(quantity, name, Array.scalar(expected), Array.scalar(found));
  }

  private void note(Quantity quantity, String name, double error, double allowed) {
    if (!(error <= allowed)) {
      where = name;
    }
    rounding |= error > quantity.tolerance && error <= allowed;
    worst.merge(quantity, error, Math::max);
  }

  /** Whether everything agrees. */
  boolean passed() {
    return !worst.isEmpty() && where.isEmpty();
  }

  /** The largest error of each quantity on one line; where it fails, the tensor. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    worst.forEach(
        (quantity, error) ->
            line.append(
                String.format(
                    Locale.ROOT, "%s %.1e  ", quantity.name().toLowerCase(Locale.ROOT), error)));
    if (!passed()) {
      return line + "worst in " + where;
    }
    return (rounding ? line + "(as far as rounding lets them)" : line.toString()).stripTrailing();
  }
}
