package dev.ebt.run;

import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.monitor.TrainingPhase;
import dev.ebt.predict.EvaluationResult;
import java.util.List;

/**
 * A listener that stops a training after an update, and passes all events on.
 *
 * @param last the update
 * @param stop asks the training to stop
 * @param listener receives the events
 */
record UntilStep(long last, Runnable stop, TrainingListener listener) implements TrainingListener {
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
    if (step >= last) {
      stop.run();
    }
    listener.stepped(step, metrics);
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
