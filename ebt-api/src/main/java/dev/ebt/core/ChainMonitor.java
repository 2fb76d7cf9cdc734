package dev.ebt.core;

import dev.ebt.monitor.Monitor;
import dev.ebt.monitor.MonitorAction;
import dev.ebt.monitor.MonitoredTraining;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.train.density.ChainMetrics;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A monitor of the chains that an objective samples in training: whether all of them stay where
 * they began for many updates, as where a sampler accepts no move, or some leave for infinity.
 */
final class ChainMonitor implements Monitor {
  private static final int PATIENCE = 20;
  private static final String UNMOVED = "unmoved";
  private static final String OF_LOST = "lost.";

  private final Warnings stuck;
  private final Warnings lost;
  private int unmoved;

  /**
   * The settings.
   *
   * @param action off, warn, roll-back or stop (warn)
   */
  record Settings(MonitorAction action) {
    Settings {
      action = Warnings.withoutSkip(action);
    }
  }

  ChainMonitor(Settings settings) {
    this.stuck =
        new Warnings(
            "chains",
            settings.action,
            "The sampler accepts no move, so that the samples are what chains began at, and the"
                + " energy learns nothing from them",
            "Try a tenth of thinking.stepSize");
    this.lost =
        new Warnings(
            "chains",
            settings.action,
            "The step is too large for the curvature of the energy, or the energy is not bounded"
                + " below far from the data",
            "Try a tenth of thinking.stepSize, or a term that grows there: objective.energyPenalty,"
                + " or a prior of the modality");
  }

  @Override
  public void begin(MonitoredTraining begun) {
    stuck.begin(begun);
    lost.begin(begun);
  }

  @Override
  public Map<String, Double> state() {
    Map<String, Double> state = new LinkedHashMap<>(stuck.and(Map.of(UNMOVED, (double) unmoved)));
    lost.and(Map.of()).forEach((name, value) -> state.put(OF_LOST + name, value));
    return state;
  }

  @Override
  public void restore(Map<String, Double> state) {
    unmoved = state.getOrDefault(UNMOVED, 0.0).intValue();
    stuck.restore(state);
    Map<String, Double> ofLost = new LinkedHashMap<>();
    state.forEach(
        (name, value) -> {
          if (name.startsWith(OF_LOST)) {
            ofLost.put(name.substring(OF_LOST.length()), value);
          }
        });
    lost.restore(ofLost);
  }

  @Override
  public void rolledBack(long step) {
    unmoved = 0;
  }

  @Override
  public void stepped(long step, StepMetrics metrics) {
    Double moved = metrics.metrics().get(ChainMetrics.MOVED);
    Double gone = metrics.metrics().get(ChainMetrics.LOST);
    if (moved == null || gone == null || !stuck.on()) {
      return;
    }
    unmoved = moved == 0 ? unmoved + 1 : 0;
    if (unmoved >= PATIENCE) {
      stuck.of(step, "no chain of training has moved in the last %d updates", unmoved);
    }
    if (gone > 0) {
      lost.of(
          step,
          "at step %d the chains of %.1f %% of the predictions have left for numbers above %.0e",
          step,
          100 * gone,
          ChainMetrics.FAR);
    }
  }
}
