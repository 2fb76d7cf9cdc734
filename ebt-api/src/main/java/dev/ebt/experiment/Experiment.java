package dev.ebt.experiment;

import java.util.List;

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
   * Returns the finding, by the rule of the design.
   *
   * @param results of the runs; some may have failed, so that nothing can be told
   */
  Finding judge(ExperimentResults results);
}
