package dev.ebt.experiment;

import java.util.List;
import java.util.Optional;

/**
 * A question that trainings answer, by name. An {@link ExperimentPlugin} provides it. It has no
 * state: the same results give the same finding.
 */
public interface Experiment {
  /** Returns the name: lower-case letters, digits and dashes. */
  String name();

  /** Returns a one-line description for listings. */
  String summary();

  /** Returns what it asks and how it answers. */
  ExperimentDesign design();

  /** Returns the runs that it needs; in full at least three seeds of each. */
  List<ExperimentRun> runs(Scale scale);

  /**
   * Returns the runs that depend on the results of {@link #runs}, such as those with the best of
   * several learning rates. They begin once all others are over; if one of those cannot be trained
   * or was stopped, they do not.
   *
   * <p>The default has none.
   */
  default Optional<FurtherRuns> further(Scale scale) {
    return Optional.empty();
  }

  /**
   * Returns the finding, by the rule of the design.
   *
   * @param results of the runs; some may have failed, so that nothing can be told
   */
  Finding judge(ExperimentResults results);
}
