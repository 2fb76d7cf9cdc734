package dev.ebt.text.experiment;

import dev.ebt.tensor.Philox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The places of right answers among random ones, by scores of which the highest is best.
 *
 * @param scores of each question: of the right answer, then of the others, as many for each
 */
record Choices(List<double[]> scores) {
  private static final int PERMUTATIONS = 10_000;

  /** The seed of all permutations, so that equal scores have equal results. */
  private static final long SEED = 1;

  /** Copies the list. */
  Choices {
    scores = List.copyOf(scores);
  }

  /** Returns the choices of scores that are one question after the other. */
  static Choices of(int answers, double... scores) {
    List<double[]> questions = new ArrayList<>();
    for (int from = 0; from < scores.length; from += answers) {
      questions.add(Arrays.copyOfRange(scores, from, from + answers));
    }
    return new Choices(questions);
  }

  /**
   * Returns the pairwise accuracy: the mean share of other answers whose score is below that of the
   * right one; equal ones count half, so that 0.5 is chance.
   */
  double pairwiseAccuracy() {
    return scores.stream().mapToDouble(each -> shareBelow(each, 0)).average().orElse(Double.NaN);
  }

  /**
   * Returns the top-1 accuracy: the share of questions whose right answer has the highest score.
   */
  double topOneAccuracy() {
    return scores.stream()
        .mapToDouble(each -> shareBelow(each, 0) == 1 ? 1 : 0)
        .average()
        .orElse(0);
  }

  /**
   * Returns the probability of at least as high a pairwise accuracy, if the right answer were one
   * of the answers to its question at random; one-sided, by 10,000 permutations.
   */
  double p() {
    double[][] shares = new double[scores.size()][];
    for (int i = 0; i < shares.length; i++) {
      double[] each = scores.get(i);
      shares[i] = new double[each.length];
      for (int j = 0; j < each.length; j++) {
        shares[i][j] = shareBelow(each, j);
      }
    }
    double found = pairwiseAccuracy() * shares.length;
    RandomGenerator random = Philox.generator(SEED, 0);
    int asHigh = 1; // What was found is one of the permutations.
    for (int i = 1; i < PERMUTATIONS; i++) {
      double sum = 0;
      for (double[] each : shares) {
        sum += each[random.nextInt(each.length)];
      }
      asHigh += sum >= found - 1e-9 ? 1 : 0; // A smaller difference is one of rounding.
    }
    return (double) asHigh / PERMUTATIONS;
  }

  private static double shareBelow(double[] scores, int one) {
    double below = 0;
    for (int i = 0; i < scores.length; i++) {
      if (i != one) {
        below += scores[one] > scores[i] ? 1 : scores[one] == scores[i] ? 0.5 : 0;
      }
    }
    return below / (scores.length - 1);
  }
}
