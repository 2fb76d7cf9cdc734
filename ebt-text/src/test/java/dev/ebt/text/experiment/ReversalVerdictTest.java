package dev.ebt.text.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReversalVerdictTest {
  private static final int OTHERS = 9;

  /** Forty questions whose right answer is above a share of the others, of each of three seeds. */
  private static List<Choices> above(double... shares) {
    List<Choices> seeds = new ArrayList<>();
    for (double share : shares) {
      List<double[]> scores = new ArrayList<>();
      for (int question = 0; question < 40; question++) {
        double[] each = new double[1 + OTHERS];
        for (int i = 1; i <= OTHERS; i++) {
          each[i] = i;
        }
        each[0] = share * OTHERS + 0.5;
        scores.add(each);
      }
      seeds.add(new Choices(scores));
    }
    return seeds;
  }

  private static Finding finding(
      List<Choices> energy, List<Choices> continuing, List<Choices> likelihood, double learnt) {
    Map<String, List<Choices>> choices = new LinkedHashMap<>();
    choices.put(ReversalVerdict.EBT_TRAINED, above(learnt, learnt, learnt));
    choices.put(ReversalVerdict.TRANSFORMER_TRAINED, above(1, 1, 1));
    choices.put(ReversalVerdict.TRANSFORMER_CONTINUES, continuing);
    choices.put(ReversalVerdict.TRANSFORMER_LIKELIHOOD, likelihood);
    choices.put(ReversalVerdict.EBT_ENERGY, energy);
    return new ReversalVerdict(choices).finding();
  }

  private static final List<Choices> CHANCE = above(5.0 / 9, 4.0 / 9, 5.0 / 9);
  private static final List<Choices> HIGH = above(1, 1, 8.0 / 9);

  @Test
  void holdsIfTheEnergyIsAboveBothAndAboveChance() {
    assertThat(finding(HIGH, CHANCE, CHANCE, 1).outcome()).isEqualTo(Outcome.HOLDS);
  }

  @Test
  void holdsIfTheLikelihoodIsAlwaysRightAndTheEnergyAsGood() {
    List<Choices> right = above(1, 1, 1);

    assertThat(finding(right, CHANCE, right, 1).outcome()).isEqualTo(Outcome.HOLDS);
    assertThat(finding(HIGH, CHANCE, right, 1).outcome()).isEqualTo(Outcome.CANNOT_TELL);
  }

  @Test
  void cannotHoldIfContinuingTheDescriptionIsAsGood() {
    assertThat(finding(HIGH, HIGH, CHANCE, 1).outcome()).isEqualTo(Outcome.CANNOT_TELL);
  }

  @Test
  void doesNotHoldIfTheLikelihoodIsBetter() {
    assertThat(finding(above(7.0 / 9, 7.0 / 9, 7.0 / 9), CHANCE, HIGH, 1).outcome())
        .isEqualTo(Outcome.DOES_NOT_HOLD);
  }

  @Test
  void doesNotHoldIfTheEnergyIsAtChance() {
    assertThat(finding(above(4.0 / 9, 4.0 / 9, 4.0 / 9), CHANCE, CHANCE, 1).outcome())
        .isEqualTo(Outcome.DOES_NOT_HOLD);
  }

  @Test
  void cannotTellIfSeedsDisagree() {
    assertThat(finding(HIGH, CHANCE, above(1, 8.0 / 9, 1), 1).outcome())
        .isEqualTo(Outcome.CANNOT_TELL);
  }

  @Test
  void cannotTellIfAModelHasNotLearntTheFacts() {
    Finding finding = finding(HIGH, CHANCE, CHANCE, 0.8);

    assertThat(finding.outcome()).isEqualTo(Outcome.CANNOT_TELL);
    assertThat(finding.sentence()).contains("has learnt only 0 of the facts");
  }

  @Test
  void placesAreSharesOfTheOthersAndEqualScoresCountHalf() {
    Choices choices = Choices.of(3, 2, 1, 3, 5, 5, 4);

    assertThat(choices.pairwiseAccuracy()).isEqualTo((0.5 + 0.75) / 2);
    assertThat(choices.topOneAccuracy()).isZero();
  }

  @Test
  void pIsTheShareOfPermutationsThatAreAsGood() {
    // Of ten answers to one question, one is the best by chance in a tenth of cases.
    assertThat(above(1).get(0).scores().get(0)).hasSize(10);
    double[] best = above(1).get(0).scores().get(0);
    assertThat(Choices.of(10, best).p()).isBetween(0.09, 0.11);
    assertThat(above(1).get(0).p()).isEqualTo(1e-4);
  }
}
