package dev.ebt.text.decode;

import dev.ebt.think.SelfVerification;
import java.util.ArrayList;
import java.util.List;

/** The candidates for a token so far, of which the one of the lowest score is selected. */
final class CandidateChoice {
  private final List<List<Double>> energies = new ArrayList<>();
  private final List<Integer> likeliest = new ArrayList<>();
  private int selected;
  private double score;
  private float[] logits = {};
  private int evaluations;

  /**
   * Adds a candidate.
   *
   * @param candidateEnergies energies before each of its updates, and the final one
   * @param evaluated number of evaluations of the network for it
   */
  void offer(
      double candidateScore,
      List<Double> candidateEnergies,
      float[] candidateLogits,
      int evaluated) {
    if (energies.isEmpty() || SelfVerification.isLower(candidateScore, score)) {
      selected = energies.size();
      score = candidateScore;
      logits = candidateLogits;
    }
    energies.add(candidateEnergies);
    likeliest.add(LikelyToken.likeliest(candidateLogits));
    evaluations += evaluated;
  }

  /** Returns the logits of the selected candidate. */
  float[] logits() {
    return logits;
  }

  /** Returns a token that was sampled from the selected candidate. */
  TextGenerator.GeneratedToken token(int token, TextGenerator.GenerationOptions options) {
    List<TextGenerator.TokenCandidate> candidates = new ArrayList<>();
    for (int i = 0; options.energies() && i < energies.size(); i++) {
      candidates.add(
          new TextGenerator.TokenCandidate(energies.get(i), likeliest.get(i), i == selected));
    }
    return new TextGenerator.GeneratedToken(
        token,
        energies.get(selected),
        LikelyToken.probability(logits, token),
        options.energies() ? LikelyToken.of(logits, TextGenerator.LIKELY) : List.of(),
        candidates,
        evaluations);
  }
}
