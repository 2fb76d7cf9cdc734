/**
 * Runs: {@link dev.ebt.run.TrainingRun} trains a model, {@link dev.ebt.run.TrainedModel} uses the
 * result.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.run;
