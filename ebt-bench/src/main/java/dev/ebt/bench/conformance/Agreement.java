package dev.ebt.bench.conformance;

import dev.ebt.tensor.Array;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The agreement of computed values with reference values: per quantity, the largest difference of
 * any entry, relative to the largest entry of its reference tensor.
 *
 * <p>Thinking amplifies rounding errors where energies are steep, so a float32 reference has a
 * limited accuracy itself. {@link #rounded} estimates it by perturbing every parameter by one
 * rounding error.
 */
final class Agreement {
  /** A compared quantity and its tolerance in float32. */
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

  /** The allowed error, as a multiple of the effect of one rounding of all parameters. */
  private static final double ROUNDINGS = 10;

  /** The upper limit of the error that rounding can excuse, as a multiple of the tolerance. */
  private static final double MOST = 20;

  private final Map<Quantity, Double> worst = new EnumMap<>(Quantity.class);
  private final List<Map<String, Array>> rounded;
  private String where = "";
  private boolean rounding;

  /** Creates an agreement within the tolerances. */
  Agreement() {
    this(List.of());
  }

  private Agreement(List<Map<String, Array>> rounded) {
    this.rounded = rounded;
  }

  /**
   * Returns an agreement within the tolerances or the effect of rounding, whichever is larger.
   *
   * @param rounded results with every parameter changed by one unit in its last place, one map per
   *     repetition
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

  /** Returns true if all compared values agree. */
  boolean passed() {
    return !worst.isEmpty() && where.isEmpty();
  }

  /**
   * Returns the largest error of each quantity on one line, and the failing tensor if there is one.
   */
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
    return (rounding ? line + "(limited by float32 rounding)" : line.toString()).stripTrailing();
  }
}
