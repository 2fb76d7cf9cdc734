package dev.ebt.statistics;

/**
 * An estimate with its confidence interval.
 *
 * @param estimate the value for all repetitions
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double estimate, double low, double high) {
  /** Returns whether both ends are on the same side of a value, which is then excluded. */
  public boolean excludes(double value) {
    return low > value || high < value;
  }
}
