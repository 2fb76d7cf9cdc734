package dev.ebt.think;

import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.predict.Predictor;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.RandomStream;
import dev.ebt.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Self-verification by energy, best of N: of several candidates, each optimized from its own
 * initial value, the one of lowest final energy is selected for each prediction ("Energy-Based
 * Transformers are Scalable Learners and Thinkers", arXiv 2507.02092). Selecting position by
 * position is sound because a prediction's energy depends on no other prediction's candidate.
 *
 * <pre>
 *   ŷ = argmin over g of E(x, y_g),   y_g = final candidate from initial value g
 * </pre>
 *
 * <p>E is the energy of the final candidate, in the landscape of the last step, without noise: one
 * evaluation more per candidate than steps. Of equal energies the first candidate is selected; NaN
 * loses to any number.
 */
public final class SelfVerification {
  private double[] lowest = {};
  private int[] chosen = {};
  private int offered;
  private final Map<String, Selection> selected = new LinkedHashMap<>();

  private record Selection(Shape shape, double[] values) {}

  /**
   * Rejects a selection among candidates that are all the same, or too many.
   *
   * @param most the greatest number of candidates requested
   * @throws UserException if there are several and nothing random makes them differ, or there is no
   *     random stream for each
   */
  public static void requireDifferent(Predictor predictor, int most) {
    requireDifferent(most, !predictor.thinks() || predictor.candidatesDiffer());
  }

  /**
   * Rejects a selection among candidates that are all the same, or too many.
   *
   * @param most the greatest number of candidates requested
   * @param differ whether candidates differ
   * @throws UserException as above
   */
  public static void requireDifferent(int most, boolean differ) {
    long greatest = RandomStream.CANDIDATE.greatestOffset() + 1;
    if (most > greatest) {
      throw new UserException("candidates is " + most + "; at most " + greatest + " expected");
    }
    if (most > 1 && !differ) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "candidates is %d, but every candidate starts at the same place here, so that all of"
                  + " them end as the same prediction; 1 expected, or a modality.initial that draws"
                  + " starts at random, such as noise, where the modality has one",
              most));
    }
  }

  /**
   * Returns the seed of a candidate: independent of all others, and for the first one the seed
   * itself, so that one candidate is plain thinking.
   *
   * @param candidate number of the candidate, from 0
   */
  public static long seed(long seed, int candidate) {
    return candidate == 0 ? seed : RandomStream.CANDIDATE.generator(seed, candidate).nextLong();
  }

  /**
   * Returns the function evaluations per prediction: one per step, and with several candidates one
   * more per candidate for its final energy.
   */
  public static int evaluations(int steps, int candidates) {
    return candidates == 1 ? steps : candidates * (steps + 1);
  }

  /**
   * Adds a candidate for each prediction.
   *
   * @param energy of the final candidate, [rows, predictions...]
   * @param metrics values that belong to it: [rows, predictions..., more...] each, with the same
   *     names at every call
   */
  public void offer(Array energy, Map<String, Array> metrics) {
    int predictions = energy.shape().elements();
    if (offered == 0) {
      lowest = new double[predictions];
      Arrays.fill(lowest, Double.NaN);
      chosen = new int[predictions];
      metrics.forEach(
          (name, array) ->
              selected.put(
                  name, new Selection(array.shape(), new double[array.shape().elements()])));
    }
    for (int i = 0; i < predictions; i++) {
      double now = energy.real(i);
      if (offered == 0 || isLower(now, lowest[i])) {
        lowest[i] = now;
        chosen[i] = offered;
        keep(i, predictions, metrics);
      }
    }
    offered++;
  }

  /** Returns whether a candidate with a score is selected rather than an earlier one. */
  public static boolean isLower(double score, double earlier) {
    return score < earlier || (Double.isNaN(earlier) && !Double.isNaN(score));
  }

  private void keep(int prediction, int predictions, Map<String, Array> metrics) {
    metrics.forEach(
        (name, array) -> {
          int size = array.shape().elements() / predictions;
          double[] values = Required.of(selected, name).values();
          for (int j = prediction * size; j < (prediction + 1) * size; j++) {
            values[j] = array.real(j);
          }
        });
  }

  /** Returns the number of the candidate selected for each prediction, from 0. */
  public int[] chosen() {
    return chosen.clone();
  }

  /** Returns the values that belong to the selected candidates, by name. */
  public Map<String, Array> selected() {
    Map<String, Array> metrics = new LinkedHashMap<>();
    selected.forEach((name, k) -> metrics.put(name, Array.of(k.shape(), k.values().clone())));
    return metrics;
  }
}
