package dev.ebt.predict;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * The results at one compute budget.
 *
 * @param steps number of steps taken
 * @param candidates number of candidates from which the best was selected
 * @param evaluations of the network for each prediction, at most
 * @param seconds thinking time for all predictions, without computing metrics and reading data
 * @param means weighted means: {@code loss}, every metric of the modality, {@code energy}
 * @param together metrics of all predictions together, where requested
 * @param predictions total weight of the predictions
 * @param effect what thinking did; empty if it was not measured
 */
public record EvaluationResult(
    int steps,
    int candidates,
    int evaluations,
    double seconds,
    Map<String, Double> means,
    Map<String, Double> together,
    double predictions,
    Optional<ThinkingEffect> effect) {
  /** The name of the mean loss. */
  public static final String LOSS = "loss";

  /** The name of the mean energy. */
  public static final String ENERGY = "energy";

  /** The name of the metric of network evaluations where predictions differ in it. */
  public static final String EVALUATIONS = "evaluations";

  /** Creates results without what thinking did. */
  public EvaluationResult(
      int steps,
      int candidates,
      int evaluations,
      double seconds,
      Map<String, Double> means,
      Map<String, Double> together,
      double predictions) {
    this(steps, candidates, evaluations, seconds, means, together, predictions, Optional.empty());
  }

  /** Returns the mean loss. */
  public double loss() {
    return requireNonNull(means.get(LOSS), LOSS);
  }

  /** Returns the mean number of evaluations where a stopping rule ended predictions apart. */
  public Number evaluationsUsed() {
    Double mean = means.get(EVALUATIONS);
    return mean == null ? (Number) evaluations : mean;
  }

  /** Returns whether the model has an energy. */
  public boolean hasEnergy() {
    return means.containsKey(ENERGY);
  }

  /** Returns the mean energy, in the landscape of the last step. */
  public double energy() {
    return requireNonNull(means.get(ENERGY), ENERGY);
  }
}
