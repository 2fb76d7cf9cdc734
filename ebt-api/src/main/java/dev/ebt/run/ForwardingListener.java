package dev.ebt.run;

import dev.ebt.monitor.MonitorAction;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.monitor.TrainingPhase;
import dev.ebt.monitor.TrainingWarning;
import dev.ebt.predict.EvaluationResult;
import java.util.List;

/** A training listener that passes all events on to another, except for what a subclass changes. */
abstract class ForwardingListener implements TrainingListener {
  private final TrainingListener listener;

  /** Creates a listener that passes events on to the given one. */
  ForwardingListener(TrainingListener listener) {
    this.listener = listener;
  }

  @Override
  public void starting(TrainingPhase phase, long step) {
    listener.starting(phase, step);
  }

  @Override
  public void waited(long step, long nanoseconds) {
    listener.waited(step, nanoseconds);
  }

  @Override
  public void stepped(long step, StepMetrics metrics) {
    listener.stepped(step, metrics);
  }

  @Override
  public void skipped(long step, StepMetrics metrics) {
    listener.skipped(step, metrics);
  }

  @Override
  public void warned(long step, TrainingWarning warning, MonitorAction action) {
    listener.warned(step, warning, action);
  }

  @Override
  public void validated(long step, List<EvaluationResult> results) {
    listener.validated(step, results);
  }

  @Override
  public void checkpoint(long step, List<EvaluationResult> results) {
    listener.checkpoint(step, results);
  }
}
