package dev.ebt.interact;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How thinking arrived at a prediction.
 *
 * @param energies the energy of the prediction before the first step and after each step; empty for
 *     a model without an energy
 * @param probability the probability of the prediction; null where predictions have none
 * @param likely the likeliest predictions with their probabilities, the likeliest first; may be
 *     empty
 * @param candidates all candidates, of which one was selected; empty if there was only one
 */
public record Explanation(
    List<Double> energies,
    @Nullable Double probability,
    List<Likely> likely,
    List<Candidate> candidates) {

  /**
   * A likely prediction.
   *
   * @param prediction as text
   */
  public record Likely(String prediction, double probability) {}

  /**
   * A candidate.
   *
   * @param prediction the candidate as text
   * @param energies its energy before the first step and after each step
   * @param selected whether it is the one that was selected
   */
  public record Candidate(String prediction, List<Double> energies, boolean selected) {
    /** Copies the list. */
    public Candidate {
      energies = List.copyOf(energies);
    }
  }

  /** Copies the lists. */
  public Explanation {
    energies = List.copyOf(energies);
    likely = List.copyOf(likely);
    candidates = List.copyOf(candidates);
  }

  /** Creates an explanation by the energies alone. */
  public static Explanation of(List<Double> energies) {
    return new Explanation(energies, null, List.of(), List.of());
  }

  /** Returns the energy after the last step; empty for a model without an energy. */
  public OptionalDouble energy() {
    return energies.stream()
        .skip(Math.max(0, energies.size() - 1L))
        .mapToDouble(e -> e)
        .findFirst();
  }
}
