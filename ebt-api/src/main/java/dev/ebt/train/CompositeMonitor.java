package dev.ebt.train;

import dev.ebt.error.UserException;
import dev.ebt.monitor.ModelInspection;
import dev.ebt.monitor.Monitor;
import dev.ebt.monitor.MonitorAction;
import dev.ebt.monitor.MonitoredTraining;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.monitor.TrainingPhase;
import dev.ebt.monitor.TrainingWarning;
import dev.ebt.predict.EvaluationResult;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitors of one training, notified in their order, and another listener after them. A monitor
 * that throws an exception is not called again, and the training is warned of it: an observer is no
 * reason to lose what it observes.
 */
public final class CompositeMonitor implements TrainingListener, MonitoredTraining, UpdateFilter {
  private static final Logger LOG = LoggerFactory.getLogger(CompositeMonitor.class);

  private final List<Monitor> monitors;
  private final Path folder;
  private final long done;
  private final long steps;
  private final ModelInspection model;
  private final TrainingListener last;
  private final Set<Monitor> failed = Collections.newSetFromMap(new IdentityHashMap<>());
  private @Nullable String reason;
  private @Nullable String rollBack;
  private long step;

  /**
   * Creates the monitors of a training and tells them that it begins.
   *
   * @param done the updates that were done before
   * @param steps the updates after which the training is complete
   * @param last notified after the monitors
   */
  public CompositeMonitor(
      List<Monitor> monitors, Path folder, long done, long steps, TrainingListener last) {
    this(monitors, folder, done, steps, ModelInspection.NOTHING, last);
  }

  /**
   * Creates the monitors of a training with a model that they can look into.
   *
   * @param model the model in training
   */
  public CompositeMonitor(
      List<Monitor> monitors,
      Path folder,
      long done,
      long steps,
      ModelInspection model,
      TrainingListener last) {
    this.monitors = List.copyOf(monitors);
    this.folder = folder;
    this.done = done;
    this.steps = steps;
    this.model = model;
    this.last = last;
    this.step = done;
    this.monitors.forEach(monitor -> monitor.begin(this));
  }

  /** Notifies every monitor that has not failed. */
  private void each(Consumer<Monitor> event) {
    for (Monitor monitor : monitors) {
      if (!failed.contains(monitor)) {
        try {
          event.accept(monitor);
        } catch (RuntimeException e) {
          failed(monitor, e);
        }
      }
    }
  }

  private void failed(Monitor monitor, RuntimeException exception) {
    failed.add(monitor);
    String name = monitor.getClass().getSimpleName();
    LOG.debug("monitor {} failed", name, exception);
    String message = exception instanceof UserException ? exception.getMessage() : null;
    warn(
        new TrainingWarning(
            name,
            String.format(
                Locale.ROOT,
                "this monitor failed after step %d (%s)",
                step,
                message == null ? exception : message),
            "It observes this training no longer, which goes on without it",
            "Resume the run to begin it anew, or leave it out of monitors"),
        MonitorAction.WARN);
  }

  /** Returns what a monitor has asked to roll back for, and forgets it; empty if none has. */
  public Optional<String> takeRollBack() {
    Optional<String> asked = Optional.ofNullable(rollBack);
    rollBack = null;
    return asked;
  }

  @Override
  public boolean rollsBack() {
    return rollBack != null;
  }

  /** Returns whether the training has to pause: to end, or to roll back. */
  public boolean interrupts() {
    return reason != null || rollBack != null;
  }

  /** Tells the monitors that training has diverged. */
  public void diverged(String found) {
    each(monitor -> monitor.diverged(found));
  }

  /** Tells the monitors that the training has gone back to a checkpoint. */
  public void rolledBack(long number) {
    step = number;
    each(monitor -> monitor.rolledBack(number));
  }

  /** Returns why a monitor has asked the training to stop; empty if none has. */
  public Optional<String> stopReason() {
    return Optional.ofNullable(reason);
  }

  /** Tells the monitors that the training has ended. */
  public void end(long done) {
    each(monitor -> monitor.end(done));
  }

  @Override
  public boolean isActive() {
    return monitors.stream().anyMatch(m -> !failed.contains(m) && m.skipsUpdates());
  }

  @Override
  public boolean skips(long number, StepMetrics metrics) {
    step = number;
    boolean[] skips = {false};
    each(monitor -> skips[0] |= monitor.skipsUpdates() && monitor.skips(number, metrics));
    return skips[0];
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public long done() {
    return done;
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public ModelInspection model() {
    return model;
  }

  @Override
  public void stop(String why) {
    if (reason == null) {
      reason = why;
    }
  }

  @Override
  public void warn(TrainingWarning warning, MonitorAction action) {
    last.warned(step, warning, action);
    if (action == MonitorAction.STOP) {
      stop(warning.found());
    } else if (action == MonitorAction.ROLL_BACK && rollBack == null) {
      rollBack = warning.found();
    }
  }

  @Override
  public void starting(TrainingPhase phase, long number) {
    each(monitor -> monitor.starting(phase, number));
    last.starting(phase, number);
  }

  @Override
  public void waited(long number, long nanoseconds) {
    each(monitor -> monitor.waited(number, nanoseconds));
    last.waited(number, nanoseconds);
  }

  @Override
  public void stepped(long number, StepMetrics metrics) {
    step = number;
    each(monitor -> monitor.stepped(number, metrics));
    last.stepped(number, metrics);
  }

  @Override
  public void skipped(long number, StepMetrics metrics) {
    step = number;
    each(monitor -> monitor.skipped(number, metrics));
    last.skipped(number, metrics);
  }

  @Override
  public void validated(long number, List<EvaluationResult> results) {
    step = number;
    each(monitor -> monitor.validated(number, results));
    last.validated(number, results);
  }

  @Override
  public void checkpoint(long number, List<EvaluationResult> results) {
    each(monitor -> monitor.checkpoint(number, results));
    last.checkpoint(number, results);
  }
}
