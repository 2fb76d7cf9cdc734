package dev.ebt.modality;

import java.util.Optional;
import java.util.OptionalDouble;

/** A dataset prepared for a modality, with training rows and validation rows. */
public interface Dataset {
  /** Returns a readable description in one line: source, size, split. */
  String description();

  /** Returns a hash of the content: equal for equal data and settings, different otherwise. */
  String fingerprint();

  /** Returns the training rows. */
  Examples training();

  /** Returns the validation rows, disjoint from those of {@link #training}. */
  Examples validation();

  /** Returns the lowest mean loss that any model can reach on this data, if known (nats). */
  default OptionalDouble bestLoss() {
    return OptionalDouble.empty();
  }

  /**
   * Returns the result of a prediction without a model on the first validation rows; empty if there
   * is none worth comparing with.
   *
   * @param rows the maximum number of rows
   */
  default Optional<NaiveBaseline> naiveBaseline(int rows) {
    return Optional.empty();
  }

  /**
   * Returns how a user gets data like this with initial candidates ({@link
   * Batch#initialCandidates}), a clause for the message of an objective that starts from them;
   * empty if there is no such data, or this has them.
   */
  default Optional<String> initialCandidatesHint() {
    return Optional.empty();
  }

  /** Returns what is known of the density that the targets are from; empty if nothing is. */
  default Optional<KnownDensity> knownDensity() {
    return Optional.empty();
  }

  /** Returns a new, empty metric that compares a set of predictions with the training rows. */
  default Optional<DistributionMetric> distributionMetric() {
    return Optional.empty();
  }
}
