/**
 * Experiments: questions with a design, a statistic and a rule for the verdict that are stated
 * before anything runs. Plugins provide them by {@link dev.ebt.experiment.ExperimentPlugin}.
 * Principal types: {@link dev.ebt.experiment.Experiment}, {@link dev.ebt.experiment.ExperimentJob},
 * {@link dev.ebt.experiment.ExperimentReport}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.experiment;
