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
   * @param name the configured name of the objective
   * @throws UserException if it has none
   */
  public static void check(String name, Objective objective, Dataset dataset) {
    if (objective.startsFromData() && dataset.training().batch(0).initialCandidates() == null) {
      String hint = dataset.initialCandidatesHint().map(how -> ": " + how).orElse("");
      throw new UserException(
          "objective.name is "
              + name
              + ", which starts from initial candidates of the data, and the rows of this data have"
              + " none; a dataset that has them expected"
              + hint);
    }
  }

  static Array of(Batch batch) {
    Array candidates = batch.initialCandidates();
    if (candidates == null) {
      throw new UserException(
          "the objective starts from initial candidates of the data, and the rows of this data have"
              + " none; a dataset that has them expected");
    }
    return candidates;
  }
}
