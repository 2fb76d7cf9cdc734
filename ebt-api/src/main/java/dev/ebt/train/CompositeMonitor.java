package dev.ebt.train;

import dev.ebt.monitor.ModelInspection;
import dev.ebt.monitor.Monitor;
import dev.ebt.monitor.MonitoredTraining;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.monitor.TrainingPhase;
import dev.ebt.predict.EvaluationResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The monitors of one training, notified in their order, and another listener after them. */
public final class CompositeMonitor implements TrainingListener, MonitoredTraining {
  private final List<Monitor> monitors;
  private final Path folder;
  private final long done;
  private final long steps;
  private final ModelInspection model;
  private final TrainingListener last;
  private @Nullable String reason;

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
    this.monitors.forEach(monitor -> monitor.begin(this));
  }

  /** Returns why a monitor has asked the training to stop; empty if none has. */
  public Optional<String> stopReason() {
    return Optional.ofNullable(reason);
  }

  /** Tells the monitors that the training has ended. */
  public void end(long step) {
    monitors.forEach(monitor -> monitor.end(step));
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
  public void starting(TrainingPhase phase, long step) {
    monitors.forEach(monitor -> monitor.starting(phase, step));
    last.starting(phase, step);
  }

  @Override
  public void waited(long step, long nanoseconds) {
    monitors.forEach(monitor -> monitor.waited(step, nanoseconds));
    last.waited(step, nanoseconds);
  }

  @Override
  public void stepped(long step, StepMetrics metrics) {
    monitors.forEach(monitor -> monitor.stepped(step, metrics));
    last.stepped(step, metrics);
  }

  @Override
  public void validated(long step, List<EvaluationResult> results) {
    monitors.forEach(monitor -> monitor.validated(step, results));
    last.validated(step, results);
  }

  @Override
  public void checkpoint(long step, List<EvaluationResult> results) {
    monitors.forEach(monitor -> monitor.checkpoint(step, results));
    last.checkpoint(step, results);
  }
}
