package dev.ebt.report;

/**
 * An axis of a chart.
 *
 * @param label what it shows, such as {@code loss}
 * @param unit such as {@code nats}; empty for plain numbers
 * @param logarithmic whether its scale is logarithmic; values that are not positive are left out
 */
public record Axis(String label, String unit, boolean logarithmic) {
  /** Creates a linear axis without a unit. */
  public static Axis of(String label) {
    return new Axis(label, "", false);
  }

  /** Creates a linear axis. */
  public static Axis of(String label, String unit) {
    return new Axis(label, unit, false);
  }

  /** Creates a logarithmic axis without a unit. */
  public static Axis logarithmic(String label) {
    return new Axis(label, "", true);
  }

  /** Returns the label with its unit, such as {@code loss (nats)}. */
  public String text() {
    return unit.isEmpty() ? label : label + " (" + unit + ")";
  }
}
