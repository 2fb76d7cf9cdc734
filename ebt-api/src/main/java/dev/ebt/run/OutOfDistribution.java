package dev.ebt.run;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.predict.TargetScores;
import dev.ebt.tensor.Array;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hipparchus.stat.ranking.NaturalRanking;

/**
 * How well a model tells data that it was not trained on from its own validation data: the area
 * under the ROC curve (AUROC) of each of its {@link TargetScores}, 0.5 for chance and 1 for all. It
 * is the share of pairs of one prediction each in which that of the other data has the higher
 * score; equal scores count half.
 *
 * @param own the number of predictions of the validation data
 * @param other the number of predictions of the other data
 * @param auroc the AUROC of each score, by its name, in the order of names
 */
public record OutOfDistribution(int own, int other, SortedMap<String, Double> auroc) {
  /** Makes an unmodifiable copy of the map. */
  public OutOfDistribution {
    auroc = Collections.unmodifiableSortedMap(new TreeMap<>(auroc));
  }

  /**
   * Scores the validation data of a model and other data.
   *
   * @param other of the same features
   * @param together examples per batch
   * @param limit maximum number of examples of each
   * @throws UserException if the model has no such scores, its targets are discrete, or an override
   *     sets how it thinks
   */
  public static OutOfDistribution of(TrainedModel model, Examples other, int together, int limit) {
    RunParts parts = model.parts();
    ConfigurationRules.checkNoStepsAndGuidance(parts);
    Examples validation = parts.dataset().validation();
    int rows = Math.min(together, Math.min(limit, Math.min(validation.size(), other.size())));
    try (TargetScores scores =
        parts.family().targetScores(parts.setup(), rows).orElseThrow(() -> withoutScores(parts))) {
      ListMultimap<String, Double> own = scored(scores, validation, rows, limit);
      ListMultimap<String, Double> foreign = scored(scores, other, rows, limit);
      SortedMap<String, Double> auroc = new TreeMap<>();
      own.keySet().forEach(name -> auroc.put(name, auroc(own.get(name), foreign.get(name))));
      int names = Math.max(1, auroc.size());
      return new OutOfDistribution(own.size() / names, foreign.size() / names, auroc);
    }
  }

  private static UserException withoutScores(RunParts parts) {
    return new UserException(
        String.format(
            Locale.ROOT,
            "--ood scores data by energy or by the error of denoising, and model '%s' has neither; a"
                + " model with an energy expected",
            parts.configuration().model().name()));
  }

  private static ListMultimap<String, Double> scored(
      TargetScores scores, Examples examples, int rows, int limit) {
    ListMultimap<String, Double> scored = ArrayListMultimap.create();
    int count = Math.min(limit, examples.size());
    for (int from = 0; from < count; from += rows) {
      // The program is for whole batches: the last one is filled up with rows that do not count.
      int[] numbers = new int[rows];
      for (int i = 0; i < rows; i++) {
        numbers[i] = Math.min(from + i, count - 1);
      }
      Batch batch = examples.batch(numbers);
      Array weight = batch.weight();
      int counting = Math.min(rows, count - from) * (weight.shape().elements() / rows);
      scores
          .of(batch)
          .forEach(
              (name, values) ->
                  IntStream.range(0, counting)
                      .filter(i -> weight.real(i) != 0)
                      .forEach(i -> scored.put(name, values.real(i))));
    }
    return scored;
  }

  /** Returns the share of pairs in which the second has the higher score. */
  static double auroc(List<Double> own, List<Double> other) {
    double[] all = new double[own.size() + other.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i < own.size() ? own.get(i) : other.get(i - own.size());
    }
    double[] ranks = new NaturalRanking().rank(all); // Equal values have their mean rank.
    double sum = 0;
    for (int i = own.size(); i < all.length; i++) {
      sum += ranks[i];
    }
    double least = other.size() * (other.size() + 1.0) / 2;
    return (sum - least) / ((double) own.size() * other.size());
  }
}
