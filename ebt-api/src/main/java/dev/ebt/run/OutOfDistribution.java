package dev.ebt.run;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.predict.TargetScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hipparchus.stat.ranking.NaturalRanking;

/**
 * How well an energy model tells data that it was not trained on from its own validation data: the
 * area under the ROC curve (AUROC) of two scores, 0.5 for chance and 1 for all. It is the share of
 * pairs of one prediction each in which that of the other data has the higher score; equal scores
 * count half.
 *
 * @param own the number of predictions of the validation data
 * @param other the number of predictions of the other data
 * @param energy the AUROC of the energy
 * @param gradientNorm the AUROC of the norm of its gradient
 */
public record OutOfDistribution(int own, int other, double energy, double gradientNorm) {
  /** The scores of the predictions of one set of data. */
  private record Scored(List<Double> energies, List<Double> norms) {}

  /**
   * Scores the validation data of a model and other data.
   *
   * @param other of the same features
   * @param together examples per batch
   * @param limit maximum number of examples of each
   * @throws UserException if the model has no energy, its targets are discrete, or an override sets
   *     how it thinks
   */
  public static OutOfDistribution of(TrainedModel model, Examples other, int together, int limit) {
    RunParts parts = model.parts();
    ConfigurationRules.checkNoStepsAndGuidance(parts);
    Examples validation = parts.dataset().validation();
    int rows = Math.min(together, Math.min(limit, Math.min(validation.size(), other.size())));
    try (TargetScores scores =
        parts.family().targetScores(parts.setup(), rows).orElseThrow(() -> withoutEnergy(parts))) {
      Scored own = scored(scores, validation, rows, limit);
      Scored foreign = scored(scores, other, rows, limit);
      return new OutOfDistribution(
          own.energies().size(),
          foreign.energies().size(),
          auroc(own.energies(), foreign.energies()),
          auroc(own.norms(), foreign.norms()));
    }
  }

  private static UserException withoutEnergy(RunParts parts) {
    return new UserException(
        String.format(
            Locale.ROOT,
            "--ood scores data by energy, and model '%s' has none; a model with an energy expected",
            parts.configuration().model().name()));
  }

  private static Scored scored(TargetScores scores, Examples examples, int rows, int limit) {
    Scored scored = new Scored(new ArrayList<>(), new ArrayList<>());
    int count = Math.min(limit, examples.size());
    for (int from = 0; from < count; from += rows) {
      // The program is for whole batches: the last one is filled up with rows that do not count.
      int[] numbers = new int[rows];
      for (int i = 0; i < rows; i++) {
        numbers[i] = Math.min(from + i, count - 1);
      }
      Batch batch = examples.batch(numbers);
      TargetScores.Scores found = scores.of(batch);
      int perRow = batch.weight().shape().elements() / rows;
      for (int i = 0; i < Math.min(rows, count - from) * perRow; i++) {
        if (batch.weight().real(i) != 0) {
          scored.energies().add(found.energy().real(i));
          scored.norms().add(found.gradientNorm().real(i));
        }
      }
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
