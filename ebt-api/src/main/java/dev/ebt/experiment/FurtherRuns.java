package dev.ebt.experiment;

import java.util.List;

/**
 * Runs of an experiment that depend on the results of its first ones. The same results give the
 * same runs, so that an experiment can be continued after a kill.
 */
public interface FurtherRuns {
  /** Returns what they are and what decides about them: a sentence that is known beforehand. */
  String description();

  /**
   * Returns the runs.
   *
   * @param first the results of the first runs, all of which are finished or have diverged
   * @return in full at least three seeds of each; none if these results allow none, such as if all
   *     first runs have diverged
   */
  List<ExperimentRun> of(ExperimentResults first);
}
