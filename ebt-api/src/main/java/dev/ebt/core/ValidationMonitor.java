package dev.ebt.core;

import dev.ebt.monitor.ModelInspection;
import dev.ebt.monitor.Monitor;
import dev.ebt.monitor.MonitoredTraining;
import dev.ebt.predict.EvaluationResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A monitor that warns of what several validations in a row show. */
final class ValidationMonitor implements Monitor {
  private final ValidationSettings settings;
  private final Sign sign;
  private final Warnings warnings;
  private int inARow;

  /** A sign of a failure in one validation. */
  @FunctionalInterface
  interface Sign {
    /**
     * Returns what a validation shows, with its numbers; empty if there is nothing wrong, or it
     * cannot show it.
     *
     * @param results by the number of thinking steps, increasing; at least one
     */
    Optional<String> in(List<EvaluationResult> results, ModelInspection model);
  }

  /**
   * Creates a monitor.
   *
   * @param name its name as a part
   * @param meaning what the sign usually means
   * @param advice what to try
   */
  ValidationMonitor(
      String name, ValidationSettings settings, Sign sign, String meaning, String advice) {
    this.settings = settings;
    this.sign = sign;
    this.warnings = new Warnings(name, settings.action(), meaning, advice);
  }

  @Override
  public void begin(MonitoredTraining begun) {
    warnings.begin(begun);
  }

  @Override
  public Map<String, Double> state() {
    return warnings.and(Map.of("inARow", (double) inARow));
  }

  @Override
  public void restore(Map<String, Double> state) {
    warnings.restore(state);
    inARow = state.getOrDefault("inARow", 0.0).intValue();
  }

  @Override
  public void rolledBack(long step) {
    inARow = 0;
  }

  @Override
  public void validated(long step, List<EvaluationResult> results) {
    // What is so in the first fifth of a training is not yet learned rather than wrong.
    if (!warnings.on() || !warnings.past(0.2, step)) {
      return;
    }
    Optional<String> found = sign.in(results, warnings.model());
    inARow = found.isPresent() ? inARow + 1 : 0;
    if (inARow >= settings.patience()) {
      warnings.of(
          step, "at step %d, as in %d validations in a row, %s", step, inARow, found.orElseThrow());
    }
  }
}
