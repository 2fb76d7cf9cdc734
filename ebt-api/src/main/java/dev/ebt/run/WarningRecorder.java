package dev.ebt.run;

import dev.ebt.monitor.MonitorAction;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.monitor.TrainingPhase;
import dev.ebt.monitor.TrainingWarning;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.store.RunHistory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A training listener that records warnings, and passes on all events to another listener. */
final class WarningRecorder implements TrainingListener {
  private final RunHistory history;
  private final TrainingListener listener;

  WarningRecorder(RunHistory history, TrainingListener listener) {
    this.history = history;
    this.listener = listener;
  }

  @Override
  public void warned(long step, TrainingWarning warning, MonitorAction action) {
    Map<String, String> line = new LinkedHashMap<>();
    line.put("monitor", warning.monitor());
    line.put("found", warning.found());
    line.put("meaning", warning.meaning());
    line.put("advice", warning.advice());
    line.put("action", action.word());
    history.warning(step, line);
    listener.warned(step, warning, action);
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
  public void validated(long step, List<EvaluationResult> results) {
    listener.validated(step, results);
  }

  @Override
  public void checkpoint(long step, List<EvaluationResult> results) {
    listener.checkpoint(step, results);
  }
}
