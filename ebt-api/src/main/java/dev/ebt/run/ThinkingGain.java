package dev.ebt.run;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The gain in loss from further steps of one model: the best number of steps, and whether more
 * steps hurt.
 *
 * @param results at least two for one number of candidates, in ascending order of steps
 */
public record ThinkingGain(List<BudgetResult> results) {
  /** Relative differences of the loss below this are ignored. */
  private static final double NOTICEABLE = 1e-3;

  /** Copies the list. */
  public ThinkingGain {
    results = List.copyOf(results);
    if (results.size() < 2) {
      throw new IllegalArgumentException("at least two results expected");
    }
  }

  /** Returns the gain with the fewest candidates; empty if there is only one number of steps. */
  public static Optional<ThinkingGain> of(List<BudgetResult> all) {
    int fewest = all.stream().mapToInt(BudgetResult::candidates).min().orElse(1);
    List<BudgetResult> plain =
        all.stream()
            .filter(result -> result.candidates() == fewest)
            .sorted(Comparator.comparingInt(BudgetResult::steps))
            .toList();
    return plain.size() < 2 ? Optional.empty() : Optional.of(new ThinkingGain(plain));
  }

  /** Returns the result with the fewest steps. */
  public BudgetResult first() {
    return results.get(0);
  }

  /** Returns the result with the most steps. */
  public BudgetResult last() {
    return results.get(results.size() - 1);
  }

  /** Returns the result with the lowest loss; of equal ones that with the fewest steps. */
  public BudgetResult best() {
    return results.stream().min(Comparator.comparingDouble(BudgetResult::loss)).orElseThrow();
  }

  /** Returns the result with the fewest steps whose loss is not noticeably above the lowest one. */
  public BudgetResult enough() {
    return results.stream()
        .filter(result -> !above(result.loss(), best().loss()))
        .findFirst()
        .orElse(best());
  }

  /**
   * Returns the result beyond which steps hurt: the last one whose loss is not noticeably above the
   * lowest one. That with the most steps, unless {@link #hurts}.
   */
  public BudgetResult beforeHurting() {
    return results.stream()
        .filter(result -> !above(result.loss(), best().loss()))
        .reduce((earlier, later) -> later)
        .orElse(best());
  }

  /**
   * Returns the result with the highest loss between {@link #enough} and {@link #beforeHurting}, if
   * that loss is noticeably above the lowest one: a rise that further steps undid.
   */
  public Optional<BudgetResult> passingRise() {
    return results.subList(results.indexOf(enough()), results.indexOf(beforeHurting()) + 1).stream()
        .filter(result -> above(result.loss(), best().loss()))
        .max(Comparator.comparingDouble(BudgetResult::loss));
  }

  /** Returns what the steps did altogether, after the first result. */
  public Verdict verdict() {
    return helps() ? Verdict.HELPED : hurts() ? Verdict.HURT : Verdict.DID_NOTHING;
  }

  /** What further steps did. */
  public enum Verdict {
    /** The loss fell noticeably, whether or not the last steps raised it again. */
    HELPED,
    /** The last loss is not noticeably different from the first one, and none is below that. */
    DID_NOTHING,
    /** The last loss is noticeably above the first one, and none is below that. */
    HURT
  }

  /** Returns the difference of the first loss and the lowest one; 0 if the first is the lowest. */
  public double gain() {
    return first().loss() - best().loss();
  }

  /** Returns whether the lowest loss is noticeably below the first one. */
  public boolean helps() {
    return above(first().loss(), best().loss());
  }

  /** Returns whether the loss after the most steps is noticeably above the lowest one. */
  public boolean hurts() {
    return above(last().loss(), best().loss());
  }

  /**
   * Returns whether a loss is noticeably above another one: by more than a thousandth. Also true if
   * one of them is not a number.
   */
  public static boolean above(double loss, double other) {
    return !(loss - other <= NOTICEABLE * Math.abs(other));
  }
}
