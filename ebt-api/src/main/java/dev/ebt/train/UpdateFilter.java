package dev.ebt.train;

import dev.ebt.monitor.StepMetrics;

/** A filter of updates, asked when the gradients of an update are known and nothing has changed. */
public interface UpdateFilter {
  /** The filter that every update passes. */
  UpdateFilter ALL =
      new UpdateFilter() {
        @Override
        public boolean isActive() {
          return false;
        }

        @Override
        public boolean rollsBack() {
          return false;
        }

        @Override
        public boolean skips(long step, StepMetrics metrics) {
          return false;
        }
      };

  /**
   * Returns whether any update may be left out. Gradients are then accumulated apart from the
   * update.
   */
  boolean isActive();

  /** Returns whether the state that was reached is to be left without saving it. */
  boolean rollsBack();

  /** Returns whether to leave out an update with these metrics, which may not be finite. */
  boolean skips(long step, StepMetrics metrics);
}
