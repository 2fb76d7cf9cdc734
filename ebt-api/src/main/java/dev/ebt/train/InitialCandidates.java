package dev.ebt.train;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.objective.Objective;
import dev.ebt.tensor.Array;

/** The initial candidates of data, for objectives that start from them. */
public final class InitialCandidates {
  private InitialCandidates() {}

  /**
   * Checks that the data has initial candidates if the objective starts from them.
   *
   * @throws UserException if it has none
   */
  public static void check(Objective objective, Dataset dataset) {
    if (objective.startsFromData()) {
      of(dataset.training().batch(0));
    }
  }

  static Array of(Batch batch) {
    Array candidates = batch.initialCandidates();
    if (candidates == null) {
      throw new UserException(
          "objective.name is paired, which learns pairs of a start and the prediction that many"
              + " steps made of it, and the rows of this data have no starts of their own; use a"
              + " dataset of pairs: ./ebt think RUN --pairs FOLDER stores those of a trained run");
    }
    return candidates;
  }
}
