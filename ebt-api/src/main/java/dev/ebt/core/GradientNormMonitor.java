package dev.ebt.core;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.monitor.Monitor;
import dev.ebt.monitor.MonitorAction;
import dev.ebt.monitor.MonitoredTraining;
import dev.ebt.monitor.StepMetrics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A monitor of exploding gradients: the norm before clipping stays above a multiple of the median
 * of earlier norms. Norms above it do not enter the median.
 */
final class GradientNormMonitor implements Monitor {
  /** The norms that the median is taken of, and those needed to take it. */
  private static final int WINDOW = 100;

  private static final int ENOUGH = 20;

  private static final String FOUND =
      "at step %d the norm of the gradient is %.3g, for %d updates more than %s times its median";

  private final Settings settings;
  private final Warnings warnings;
  private final Deque<Double> norms = new ArrayDeque<>();
  private int above;

  /**
   * The settings.
   *
   * @param action off, warn, skip (the update), roll-back or stop (warn)
   * @param factor the multiple of the median norm of earlier updates that is too much (20)
   * @param patience the updates in a row above it; one that is skipped counts by itself (3)
   */
  record Settings(MonitorAction action, Double factor, Integer patience) {
    Settings {
      action = requireNonNullElse(action, MonitorAction.WARN);
      factor = requireNonNullElse(factor, 20.0);
      patience = requireNonNullElse(patience, 3);
      if (!(factor > 1)) {
        throw SettingException.of("factor", factor, "more than 1");
      }
      if (patience < 1) {
        throw SettingException.of("patience", patience, "at least 1");
      }
    }
  }

  GradientNormMonitor(Settings settings) {
    this.settings = settings;
    this.warnings =
        new Warnings(
            "gradient-norm",
            settings.action,
            "The energy has become steep or strongly curved, as training passes through its"
                + " gradient, and updates are mostly noise once they are clipped",
            "Try a lower training.learningRate, a smaller thinking.stepSize, or a lower clip.norm");
  }

  @Override
  public void begin(MonitoredTraining begun) {
    warnings.begin(begun);
  }

  @Override
  public Map<String, Double> state() {
    Map<String, Double> state = new LinkedHashMap<>(Map.of("above", (double) above));
    int number = 0;
    for (double norm : norms) {
      state.put("norm" + number, norm);
      number++;
    }
    return warnings.and(state);
  }

  @Override
  public void restore(Map<String, Double> state) {
    warnings.restore(state);
    above = state.getOrDefault("above", 0.0).intValue();
    norms.clear();
    for (int i = 0; i < WINDOW; i++) {
      Double norm = state.get("norm" + i);
      if (norm != null) {
        norms.add(norm);
      }
    }
  }

  @Override
  public void rolledBack(long step) {
    above = 0;
  }

  @Override
  public boolean skipsUpdates() {
    return warnings.skip();
  }

  @Override
  public boolean skips(long step, StepMetrics metrics) {
    double limit = limit();
    if (!warnings.skip() || !(metrics.gradientNorm() > limit)) {
      return false;
    }
    warnings.of(step, FOUND, step, metrics.gradientNorm(), 1, settings.factor);
    return true;
  }

  @Override
  public void stepped(long step, StepMetrics metrics) {
    if (!warnings.on()) {
      return;
    }
    if (metrics.gradientNorm() > limit()) {
      above++;
      if (above >= settings.patience && !warnings.skip()) {
        warnings.of(step, FOUND, step, metrics.gradientNorm(), above, settings.factor);
      }
      return;
    }
    above = 0;
    norms.add(metrics.gradientNorm());
    if (norms.size() > WINDOW) {
      norms.remove();
    }
  }

  /** Returns the norm above which a gradient is too large. */
  private double limit() {
    if (norms.size() < ENOUGH) {
      return Double.POSITIVE_INFINITY;
    }
    double[] sorted = norms.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return settings.factor * sorted[sorted.length / 2];
  }
}
