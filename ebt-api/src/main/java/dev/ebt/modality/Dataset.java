package dev.ebt.modality;

import java.util.Optional;
import java.util.OptionalDouble;

/** Data made ready for a modality: rows to learn from, and other rows to be judged by. */
public interface Dataset {
  /** What this is, for a person: source, size, split. One line. */
  String description();

  /** The same for the same data and settings, different for others: a hash of the content. */
  String fingerprint();

  /** Rows to learn from. */
  Examples training();

  /** Rows to be judged by, disjoint from those of {@link #training}. */
  Examples validation();

  /** The least mean loss that any model can have on this source, where that is known (nats). */
  default OptionalDouble bestLoss() {
    return OptionalDouble.empty();
  }

  /**
   * Returns what a prediction that takes no model gives over the first rows to be judged by; empty
   * where there is none worth a comparison.
   *
   * @param rows so many at most
   */
  default Optional<NaiveBaseline> naiveBaseline(int rows) {
    return Optional.empty();
  }

  /** Holds predictions as a whole against the rows to learn from; empty again at every call. */
  default Optional<DistributionMetric> setFigures() {
    return Optional.empty();
  }
}
