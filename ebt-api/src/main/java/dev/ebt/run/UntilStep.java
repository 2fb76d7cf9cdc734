package dev.ebt.run;

import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;

/** A listener that stops a training after an update, or where a monitor has left it out. */
final class UntilStep extends ForwardingListener {
  private final long last;
  private final Runnable stop;

  /**
   * Creates a listener.
   *
   * @param last the update
   * @param stop asks the training to stop
   * @param listener receives the events
   */
  UntilStep(long last, Runnable stop, TrainingListener listener) {
    super(listener);
    this.last = last;
    this.stop = stop;
  }

  @Override
  public void stepped(long step, StepMetrics metrics) {
    stopAfter(step);
    super.stepped(step, metrics);
  }

  @Override
  public void skipped(long step, StepMetrics metrics) {
    stopAfter(step);
    super.skipped(step, metrics);
  }

  private void stopAfter(long step) {
    if (step >= last) {
      stop.run();
    }
  }
}
