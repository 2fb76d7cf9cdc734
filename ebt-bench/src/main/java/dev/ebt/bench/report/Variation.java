package dev.ebt.bench.report;

import dev.ebt.interact.VariedSetting;

/**
 * A value of a setting that an evaluation varies.
 *
 * @param value one of those on the command line
 */
public record Variation(VariedSetting setting, double value) {
  /** Returns it as on the command line. */
  @Override
  public String toString() {
    return setting.option() + " " + value;
  }
}
