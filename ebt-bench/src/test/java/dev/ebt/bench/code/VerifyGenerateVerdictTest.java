package dev.ebt.bench.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyGenerateVerdictTest {
  private static final List<Integer> SIZES = List.of(32, 64, 128);

  /** Shares of three seeds that reach 90 % at the sizes with these indices; 3 for never. */
  private static double[][] reachedAt(int... indices) {
    double[][] shares = new double[indices.length][SIZES.size()];
    for (int seed = 0; seed < indices.length; seed++) {
      for (int size = 0; size < SIZES.size(); size++) {
        shares[seed][size] = size >= indices[seed] ? 0.9 : 0.1;
      }
    }
    return shares;
  }

  private static LearningCurves curves(double[][] generator, double[][] ebt) {
    return new LearningCurves(generator, ebt, ebt, ebt);
  }

  private static Finding finding(LearningCurves hard, LearningCurves easy) {
    return new VerifyGenerateVerdict(SIZES, hard, easy).finding();
  }

  private static final LearningCurves SAME = curves(reachedAt(1, 1, 1), reachedAt(1, 1, 1));

  @Test
  void holdsIfTheGeneratorNeedsMoreDataWhereAnswersAreHardToFindOnly() {
    Finding finding = finding(curves(reachedAt(3, 3, 2), reachedAt(1, 1, 0)), SAME);

    assertThat(finding.outcome()).isEqualTo(Outcome.HOLDS);
    assertThat(finding.sentence()).contains("needs 1.333 (1 … 2) more doublings");
  }

  @Test
  void doesNotHoldIfTheControlShowsAsMuchOrTheEbtNeedsMore() {
    LearningCurves most = curves(reachedAt(2, 2, 2), reachedAt(0, 0, 0));
    LearningCurves some = curves(reachedAt(1, 1, 1), reachedAt(0, 0, 0));

    assertThat(finding(some, most).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
    assertThat(finding(curves(reachedAt(0, 0, 0), reachedAt(1, 2, 2)), SAME).outcome())
        .isEqualTo(Outcome.DOES_NOT_HOLD);
  }

  @Test
  void cannotTellIfSeedsDisagreeOrNobodyReachesNinetyPerCent() {
    Finding nobody = finding(curves(reachedAt(3, 3, 3), reachedAt(3, 3, 3)), SAME);

    assertThat(finding(curves(reachedAt(0, 2, 1), reachedAt(1, 1, 1)), SAME).outcome())
        .isEqualTo(Outcome.CANNOT_TELL);
    assertThat(nobody.outcome()).isEqualTo(Outcome.CANNOT_TELL);
    assertThat(nobody.sentence()).endsWith("Neither reaches 90 % where they are hard to find.");
  }

  @Test
  void neededDataIsInterpolatedOverLogarithmsAndBoundedByTheSizes() {
    NeededData needed = new NeededData(SIZES);

    assertThat(needed.logarithm(0.1, 0.8, 1)).isEqualTo(6.5, within(1e-12));
    assertThat(needed.logarithm(0.95, 0.95, 1)).isEqualTo(5, within(1e-12));
    assertThat(needed.logarithm(0.1, 0.2, 0.3)).isEqualTo(7, within(1e-12));
    // What falls below again was reached by chance.
    assertThat(needed.logarithm(0.95, 0.5, 0.9)).isEqualTo(7, within(1e-12));
  }
}
