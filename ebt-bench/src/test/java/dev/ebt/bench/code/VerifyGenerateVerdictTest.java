package dev.ebt.bench.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyGenerateVerdictTest {
  private static final List<Integer> SIZES = List.of(32, 64, 128, 256);

  /** Shares of three seeds that reach 90 % at the sizes with these indices; 4 for never. */
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
    Finding finding = finding(curves(reachedAt(4, 3, 3), reachedAt(1, 2, 0)), SAME);

    assertThat(finding.outcome()).isEqualTo(Outcome.HOLDS);
    assertThat(finding.sentence()).contains("needs 2 (1 … 3) more doublings");
  }

  @Test
  void doesNotHoldIfTheControlShowsAsMuchOrTheEbtNeedsMore() {
    LearningCurves most = curves(reachedAt(3, 3, 3), reachedAt(1, 1, 1));
    LearningCurves some = curves(reachedAt(2, 2, 2), reachedAt(1, 1, 1));

    assertThat(finding(some, most).outcome()).isEqualTo(Outcome.DOES_NOT_HOLD);
    assertThat(finding(curves(reachedAt(0, 0, 0), reachedAt(1, 2, 2)), SAME).outcome())
        .isEqualTo(Outcome.DOES_NOT_HOLD);
  }

  @Test
  void cannotTellIfSeedsDisagreeOrNobodyReachesNinetyPerCent() {
    Finding nobody = finding(curves(reachedAt(4, 4, 4), reachedAt(4, 4, 4)), SAME);

    assertThat(finding(curves(reachedAt(1, 3, 2), reachedAt(2, 2, 2)), SAME).outcome())
        .isEqualTo(Outcome.CANNOT_TELL);
    assertThat(nobody.outcome()).isEqualTo(Outcome.CANNOT_TELL);
    assertThat(nobody.sentence()).endsWith("Neither reaches 90 % where they are hard to find.");
  }

  @Test
  void cannotTellWithoutTheSizesAtWhichTheControlReachesNinetyPerCent() {
    LearningCurves better = curves(reachedAt(3, 3, 3), reachedAt(1, 1, 1));

    for (LearningCurves control :
        List.of(
            curves(reachedAt(4, 4, 4), reachedAt(4, 4, 4)),
            curves(reachedAt(0, 0, 0), reachedAt(0, 0, 0)),
            curves(reachedAt(1, 1, 4), reachedAt(1, 1, 1)),
            curves(reachedAt(1, 1, 1), reachedAt(1, 0, 1)))) {
      Finding finding = finding(better, control);

      assertThat(finding.outcome()).isEqualTo(Outcome.CANNOT_TELL);
      assertThat(finding.sentence()).endsWith("so that there is no control.");
    }
    assertThat(finding(better, SAME).outcome()).isEqualTo(Outcome.HOLDS);
  }

  @Test
  void boundsThatMakeTheAdvantageSmallDoNotCountAgainstTheClaim() {
    LearningCurves large = curves(reachedAt(3, 3, 3), reachedAt(1, 1, 1));

    // The generator would need more than the largest size, and so might its advantage be larger.
    assertThat(finding(curves(reachedAt(4, 4, 4), reachedAt(3, 3, 3)), large).outcome())
        .isEqualTo(Outcome.CANNOT_TELL);
    assertThat(finding(curves(reachedAt(1, 1, 1), reachedAt(0, 0, 0)), large).outcome())
        .isEqualTo(Outcome.CANNOT_TELL);
    assertThat(finding(curves(reachedAt(0, 0, 0), reachedAt(2, 2, 4)), large).outcome())
        .isEqualTo(Outcome.DOES_NOT_HOLD);
  }

  @Test
  void neededDataIsInterpolatedOverLogarithmsAndBoundedByTheSizes() {
    NeededData needed = new NeededData(SIZES);

    assertThat(needed.logarithm(0.1, 0.8, 1, 1)).isEqualTo(6.5, within(1e-12));
    assertThat(needed.logarithm(0.95, 0.95, 1, 1)).isEqualTo(5, within(1e-12));
    assertThat(needed.logarithm(0.1, 0.2, 0.3, 0.4)).isEqualTo(8, within(1e-12));
    // What falls below again was reached by chance.
    assertThat(needed.logarithm(0.95, 0.5, 0.5, 0.9)).isEqualTo(8, within(1e-12));
  }
}
