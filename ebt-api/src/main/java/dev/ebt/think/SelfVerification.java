package dev.ebt.think;

import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A model that judges its own predictions: of several candidates, each thought out from a start of
 * its own, the one of the lowest final energy is kept, for each prediction by itself ("Energy-Based
 * Transformers are Scalable Learners and Thinkers", arXiv 2507.02092: thinking as self-verification
 * by energy, best of N). Choosing position by position is sound because energies do not mix: a
 * prediction's energy depends on no other's candidate.
 *
 * <pre>
 *   ŷ = argmin over g of E(x, y_g),   y_g = thought out from start g
 * </pre>
 *
 * <p>E is of the candidate as it ends, in the landscape last walked, without noise: one evaluation
 * more per candidate than steps. Of equal energies the first candidate is kept; NaN loses to any.
 */
public final class SelfVerification {
  /** Streams of a seed that further candidates begin with. */
  private static final long CANDIDATES = 1L << 42;

  private double[] lowest = {};
  private int[] chosen = {};
  private int offered;
  private final Map<String, Selection> kept = new LinkedHashMap<>();

  private record Selection(Shape shape, double[] values) {}

  /**
   * Refuses a choice among candidates that are all the same.
   *
   * @param most the greatest number of candidates asked for
   * @throws UserException if there are several that nothing random tells apart
   */
  public static void requireDifferent(Predictor predictor, int most) {
    if (predictor.thinks() && most > 1 && !predictor.candidatesDiffer()) {
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
   * What a candidate begins with: independent of all others, and for the first one the seed itself,
   * so that one candidate is plain thinking.
   *
   * @param candidate its number, from 0
   */
  public static long seed(long seed, int candidate) {
    return candidate == 0 ? seed : Philox.generator(seed, CANDIDATES + candidate).nextLong();
  }

  /**
   * Function evaluations per prediction: one a step, and one more per candidate to judge it, where
   * there is a choice.
   */
  public static int evaluations(int steps, int candidates) {
    return candidates == 1 ? steps : candidates * (steps + 1);
  }

  /**
   * One more candidate for each prediction.
   *
   * @param energy as it ends, [rows, predictions...]
   * @param figures what belongs to it: [rows, predictions..., more...] each, and the same ones at
   *     every call
   */
  public void offer(Array energy, Map<String, Array> figures) {
    int predictions = energy.shape().elements();
    if (offered == 0) {
      lowest = new double[predictions];
      Arrays.fill(lowest, Double.NaN);
      chosen = new int[predictions];
      figures.forEach(
          (name, array) ->
              kept.put(name, new Selection(array.shape(), new double[array.shape().elements()])));
    }
    for (int i = 0; i < predictions; i++) {
      double now = energy.real(i);
      if (offered == 0 || now < lowest[i] || (Double.isNaN(lowest[i]) && !Double.isNaN(now))) {
        lowest[i] = now;
        chosen[i] = offered;
        keep(i, predictions, figures);
      }
    }
    offered++;
  }

  private void keep(int prediction, int predictions, Map<String, Array> figures) {
    figures.forEach(
        (name, array) -> {
          int size = array.shape().elements() / predictions;
          double[] values = kept.get(name).values();
          for (int j = prediction * size; j < (prediction + 1) * size; j++) {
            values[j] = array.real(j);
          }
        });
  }

  /** The number of the candidate that each prediction keeps, from 0. */
  public int[] chosen() {
    return chosen.clone();
  }

  /** What belongs to the candidates that are kept, by name. */
  public Map<String, Array> kept() {
    Map<String, Array> figures = new LinkedHashMap<>();
    kept.forEach((name, k) -> figures.put(name, Array.of(k.shape(), k.values().clone())));
    return figures;
  }
}
