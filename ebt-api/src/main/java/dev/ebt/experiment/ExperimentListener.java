package dev.ebt.experiment;

import dev.ebt.sweep.SweepListener;
import dev.ebt.sweep.SweepPlan;

/** A listener for the progress of an experiment. */
public interface ExperimentListener {
  /**
   * Called before runs are trained: the first ones, and then further ones if the experiment has
   * them.
   *
   * @param plan the runs
   * @param done their updates that are saved
   * @return the listener for them
   */
  SweepListener begin(SweepPlan plan, long done);
}
