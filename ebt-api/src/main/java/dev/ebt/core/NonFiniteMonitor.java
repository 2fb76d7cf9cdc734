package dev.ebt.core;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.monitor.Monitor;
import dev.ebt.monitor.MonitorAction;
import dev.ebt.monitor.MonitoredTraining;
import dev.ebt.monitor.StepMetrics;
import java.util.Map;

/**
 * A monitor of numbers that are not finite. Without it, or with {@code stop}, they end the training
 * as a failure, since no later update could mend the parameters.
 */
final class NonFiniteMonitor implements Monitor {
  private final Settings settings;
  private final Warnings warnings;
  private int skipped;

  /**
   * The settings.
   *
   * @param action skip (the update), roll-back or stop (skip)
   * @param patience the updates in a row that are skipped before the training ends (10)
   */
  record Settings(MonitorAction action, Integer patience) {
    Settings {
      action = requireNonNullElse(action, MonitorAction.SKIP);
      patience = requireNonNullElse(patience, 10);
      if (action == MonitorAction.OFF || action == MonitorAction.WARN) {
        throw new SettingException(
            "action",
            "is "
                + action.word()
                + ", but training cannot go on with parameters that are not finite; skip,"
                + " roll-back or stop expected");
      }
      if (patience < 1) {
        throw SettingException.of("patience", patience, "at least 1");
      }
    }
  }

  NonFiniteMonitor(Settings settings) {
    this.settings = settings;
    this.warnings =
        new Warnings(
            "non-finite",
            settings.action,
            "A step of thinking or an update was so large that numbers overflowed",
            "Try a lower training.learningRate, a smaller thinking.stepSize, or a longer"
                + " schedule.warmUp");
  }

  @Override
  public void begin(MonitoredTraining begun) {
    warnings.begin(begun);
  }

  @Override
  public Map<String, Double> state() {
    return warnings.and(Map.of("skipped", (double) skipped));
  }

  @Override
  public void restore(Map<String, Double> state) {
    warnings.restore(state);
    skipped = state.getOrDefault("skipped", 0.0).intValue();
  }

  @Override
  public void rolledBack(long step) {
    skipped = 0;
  }

  @Override
  public boolean skipsUpdates() {
    return warnings.skip();
  }

  @Override
  public boolean skips(long step, StepMetrics metrics) {
    if (Double.isFinite(metrics.loss()) && Double.isFinite(metrics.gradientNorm())) {
      skipped = 0;
      return false;
    }
    skipped++;
    // Where skipping does not help, the update is done, and the training ends by it.
    if (!warnings.skip() || skipped > settings.patience) {
      return false;
    }
    warnings.of(
        step,
        "at step %d the loss is %s and the norm of the gradient %s",
        step,
        metrics.loss(),
        metrics.gradientNorm());
    return true;
  }

  @Override
  public void diverged(String found) {
    if (settings.action == MonitorAction.ROLL_BACK) {
      warnings.of(0, "%s", found);
    }
  }
}
