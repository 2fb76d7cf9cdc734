package dev.ebt.run;

import dev.ebt.monitor.MonitorAction;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.monitor.TrainingWarning;
import dev.ebt.store.RunHistory;
import java.util.LinkedHashMap;
import java.util.Map;

/** A training listener that records warnings, and passes on all events to another listener. */
final class WarningRecorder extends ForwardingListener {
  private final RunHistory history;

  WarningRecorder(RunHistory history, TrainingListener listener) {
    super(listener);
    this.history = history;
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
    super.warned(step, warning, action);
  }
}
