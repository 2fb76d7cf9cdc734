/**
 * Runs: {@link dev.ebt.run.TrainingJob} trains a model, {@link dev.ebt.run.TrainedModel} uses the
 * result, {@link dev.ebt.run.EvaluationJob} evaluates it.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.run;
