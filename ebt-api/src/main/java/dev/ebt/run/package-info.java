/**
 * Runs: {@link dev.ebt.run.TrainingRun} makes one, {@link dev.ebt.run.TrainedModel} uses what came
 * of it.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.run;
