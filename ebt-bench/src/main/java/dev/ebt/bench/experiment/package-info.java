/** The pages of experiments: {@link dev.ebt.bench.experiment.ExperimentPage}. */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.experiment;
