package dev.ebt.core;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.monitor.Monitor;
import dev.ebt.monitor.MonitorAction;
import dev.ebt.monitor.MonitoredTraining;
import dev.ebt.monitor.StepMetrics;
import java.util.Map;

/**
 * A monitor of energies that drift without bound: their moving average is a large multiple of what
 * they were at the beginning. Only differences of energies mean something, but energies in the
 * millions have none that 32-bit numbers could represent.
 */
final class EnergyDriftMonitor implements Monitor {
  private static final int BEGINNING = 20;

  /** Energies below this magnitude count as it. */
  private static final double UNIT = 10;

  private static final double DECAY = 0.9;

  private final Settings settings;
  private final Warnings warnings;
  private int seen;
  private double first;

  /** The moving average of the energies; NaN before the first one. */
  private double average = Double.NaN;

  /**
   * The settings.
   *
   * @param action off, warn, skip (the update), roll-back or stop (warn)
   * @param factor the multiple of the energies in the first 20 updates, or of 10, that is too much
   *     (1000)
   */
  record Settings(MonitorAction action, Double factor) {
    Settings {
      action = requireNonNullElse(action, MonitorAction.WARN);
      factor = requireNonNullElse(factor, 1000.0);
      if (!(factor > 1)) {
        throw SettingException.of("factor", factor, "more than 1");
      }
    }
  }

  EnergyDriftMonitor(Settings settings) {
    this.settings = settings;
    this.warnings =
        new Warnings(
            "energy-drift",
            settings.action,
            "Nothing bounds the energy, since only its gradient enters the loss; differences get"
                + " lost in rounding, and thinking with them",
            "Try regularizers=[{name: energy-l2}], more weight decay (optimizer.weightDecay), or a"
                + " lower training.learningRate");
  }

  @Override
  public void begin(MonitoredTraining begun) {
    warnings.begin(begun);
  }

  @Override
  public Map<String, Double> state() {
    return warnings.and(Map.of("seen", (double) seen, "first", first, "average", average));
  }

  @Override
  public void restore(Map<String, Double> state) {
    warnings.restore(state);
    seen = state.getOrDefault("seen", 0.0).intValue();
    first = state.getOrDefault("first", 0.0);
    average = state.getOrDefault("average", Double.NaN);
  }

  @Override
  public void rolledBack(long step) {
    average = Double.NaN;
  }

  @Override
  public boolean skipsUpdates() {
    return warnings.skip();
  }

  @Override
  public boolean skips(long step, StepMetrics metrics) {
    Double energy = metrics.metrics().get("lastEnergy");
    if (!warnings.skip() || energy == null || seen < BEGINNING || Math.abs(energy) <= limit()) {
      return false;
    }
    warn(step, energy);
    return true;
  }

  @Override
  public void stepped(long step, StepMetrics metrics) {
    Double energy = metrics.metrics().get("lastEnergy");
    if (!warnings.on() || energy == null) {
      return;
    }
    if (seen < BEGINNING) {
      first += Math.abs(energy) / BEGINNING;
    }
    average = Double.isNaN(average) ? energy : DECAY * average + (1 - DECAY) * energy;
    seen++;
    if (seen > BEGINNING && !warnings.skip() && Math.abs(average) > limit()) {
      warn(step, average);
    }
  }

  private void warn(long step, double energy) {
    warnings.of(
        step,
        "at step %d energies are about %.3g, in the first updates they were about %.3g",
        step,
        energy,
        first);
  }

  private double limit() {
    return settings.factor * Math.max(UNIT, first);
  }
}
