package dev.ebt.core;

import dev.ebt.monitor.Monitor;
import dev.ebt.monitor.MonitoredTraining;
import dev.ebt.predict.EvaluationResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A monitor that ends a training whose validation loss no longer improves. */
final class EarlyStopping implements Monitor {
  private final EarlyStoppingSettings settings;
  private @Nullable MonitoredTraining training;
  private double least = Double.POSITIVE_INFINITY;
  private long leastAt;
  private int worse;

  EarlyStopping(EarlyStoppingSettings settings) {
    this.settings = settings;
  }

  @Override
  public Map<String, Double> state() {
    return Map.of("least", least, "leastAt", (double) leastAt, "worse", (double) worse);
  }

  /** Restores a state; a training that was ended and is resumed all the same has all patience. */
  @Override
  public void restore(Map<String, Double> state) {
    least = state.getOrDefault("least", Double.POSITIVE_INFINITY);
    leastAt = state.getOrDefault("leastAt", 0.0).longValue();
    worse = state.getOrDefault("worse", 0.0).intValue() % settings.patience();
  }

  @Override
  public void begin(MonitoredTraining begun) {
    training = begun;
  }

  @Override
  public void rolledBack(long step) {
    worse = 0;
  }

  @Override
  public boolean comparesLosses() {
    return true;
  }

  @Override
  public void validated(long step, List<EvaluationResult> results) {
    double loss = results.get(results.size() - 1).loss();
    if (least == Double.POSITIVE_INFINITY || loss < least - settings.improvement()) {
      least = loss;
      leastAt = step;
      worse = 0;
      return;
    }
    worse++;
    if (training != null && worse >= settings.patience()) {
      training.stop(
          String.format(
              Locale.ROOT,
              "the validation loss has not improved since step %d, where it was %.4f",
              leastAt,
              least));
    }
  }
}
