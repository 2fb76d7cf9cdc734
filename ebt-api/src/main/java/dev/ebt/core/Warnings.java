package dev.ebt.core;

import dev.ebt.error.SettingException;
import dev.ebt.monitor.ModelInspection;
import dev.ebt.monitor.MonitorAction;
import dev.ebt.monitor.MonitoredTraining;
import dev.ebt.monitor.TrainingWarning;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The warnings of one monitor in one training. A finding that lasts is said once, and again after
 * twice as many updates, unless something is done about it each time.
 */
final class Warnings {
  private final String monitor;
  private final MonitorAction action;
  private final String meaning;
  private final String advice;
  private @Nullable MonitoredTraining training;
  private long last;
  private long next;

  /**
   * Creates warnings before a training begins.
   *
   * @param monitor the name of the monitor
   * @param meaning what its finding usually means
   * @param advice what to try
   */
  Warnings(String monitor, MonitorAction action, String meaning, String advice) {
    this.monitor = monitor;
    this.action = action;
    this.meaning = meaning;
    this.advice = advice;
  }

  /** Begins the warnings about a training. */
  void begin(MonitoredTraining begun) {
    training = begun;
  }

  /** Adds what is to be remembered to the state of the monitor. */
  Map<String, Double> and(Map<String, Double> state) {
    Map<String, Double> all = new LinkedHashMap<>(state);
    all.put("lastWarning", (double) last);
    all.put("nextWarning", (double) next);
    return all;
  }

  /** Restores what was remembered. */
  void restore(Map<String, Double> state) {
    last = state.getOrDefault("lastWarning", 0.0).longValue();
    next = state.getOrDefault("nextWarning", 0.0).longValue();
  }

  /** Returns whether the monitor has to look. */
  boolean on() {
    return training != null && action != MonitorAction.OFF;
  }

  /** Returns whether the monitor leaves out updates. */
  boolean skip() {
    return action == MonitorAction.SKIP;
  }

  /** Returns the model in training. */
  ModelInspection model() {
    return training == null ? ModelInspection.NOTHING : training.model();
  }

  /** Returns whether at least this share of the training is done at an update. */
  boolean past(double share, long step) {
    return training != null && step >= share * training.steps();
  }

  /** Warns of a finding, and does what the monitor's action says. */
  void of(long step, String format, Object... numbers) {
    if (training == null || (action == MonitorAction.WARN && step < next)) {
      return;
    }
    next = step + Math.max(100, 2 * (step - last));
    last = step;
    String found = String.format(Locale.ROOT, format, numbers);
    training.warn(new TrainingWarning(monitor, found, meaning, advice), action);
  }

  /** Refuses an action that a monitor cannot do, since it sees no single updates. */
  static MonitorAction withoutSkip(@Nullable MonitorAction action) {
    if (action == MonitorAction.SKIP) {
      throw new SettingException(
          "action",
          "is skip, which is for what one update shows (gradient-norm, energy-drift, non-finite);"
              + " off, warn, roll-back or stop expected");
    }
    return action == null ? MonitorAction.WARN : action;
  }
}
