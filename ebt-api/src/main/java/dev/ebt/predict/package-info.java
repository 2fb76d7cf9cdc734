/**
 * The common interface to the predictions of all models, {@link dev.ebt.predict.Predictor}, and
 * their evaluation at compute budgets, {@link dev.ebt.predict.EvaluationResult}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.predict;
