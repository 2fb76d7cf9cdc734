package dev.ebt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.TestArrays;
import dev.ebt.text.window.TrainingWindows;
import dev.ebt.think.Thinker;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a prediction may depend on, and what it must: its own candidate and what is before it. */
class PredictionsTest {
  private static final Shape ROW = Shape.of(1, SmallText.LENGTH, SmallText.VOCABULARY);

  private final ReferenceBackend backend = new ReferenceBackend();

  @AfterEach
  void close() {
    backend.close();
  }

  private Thinker thinker(
      LandscapeConditioning conditioning, ThinkingMethod.UpdateRule move, int rows) {
    SmallText.initialize(backend, SmallText.trainingProblem(conditioning, move));
    return new Thinker(
        backend,
        SmallText.modality(),
        SmallText.model(conditioning),
        SmallText.thinking(move),
        List.of(),
        rows);
  }

  /** Energies entering two steps and candidates after them, one after the other. */
  private double[][] walk(
      LandscapeConditioning conditioning,
      ThinkingMethod.UpdateRule move,
      Map<String, Array> tokens,
      Array candidates) {
    try (Thinker thinker = thinker(conditioning, move, candidates.shape().size(0))) {
      thinker.observe(tokens);
      thinker.begin(candidates);
      return new double[][] {
        thinker.step().doubles(),
        thinker.candidate().doubles(),
        thinker.step().doubles(),
        thinker.candidate().doubles()
      };
    }
  }

  @ParameterizedTest
  @EnumSource(ThinkingMethod.UpdateRule.class)
  void rowThinksAloneAsItDoesAmongOthers(ThinkingMethod.UpdateRule move) {
    Array three = TestArrays.mixed(1, 3, SmallText.LENGTH, SmallText.VOCABULARY);
    Map<String, Array> tokens = SmallText.batch(2, 3, 0).context();
    double[][] together = walk(LandscapeConditioning.TIME_EMBED, move, tokens, three);
    for (int row = 0; row < 3; row++) {
      double[][] alone =
          walk(
              LandscapeConditioning.TIME_EMBED,
              move,
              SmallText.tokens(row(tokens.get(TrainingWindows.TOKENS).longs(), row)),
              Array.of(ROW, row(three.doubles(), row, ROW.elements())));
      for (int i = 0; i < alone.length; i++) {
        assertThat(row(together[i], row, alone[i].length))
            .as("row %d, result %d", row, i)
            .containsExactly(alone[i], within(1e-12));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ThinkingMethod.UpdateRule.class)
  void doublingTheBatchLeavesEveryMoveAsItWas(ThinkingMethod.UpdateRule move) {
    double[] once = TestArrays.mixed(1, 2, SmallText.LENGTH, SmallText.VOCABULARY).doubles();
    long[] tokens = SmallText.batch(2, 2, 0).context().get(TrainingWindows.TOKENS).longs();
    double[][] single =
        walk(LandscapeConditioning.NONE, move, SmallText.tokens(tokens), rows(2, once));
    double[][] twice =
        walk(
            LandscapeConditioning.NONE,
            move,
            SmallText.tokens(doubled(tokens)),
            rows(4, doubled(once)));
    for (int i = 0; i < single.length; i++) {
      assertThat(twice[i]).containsExactly(doubled(single[i]), within(1e-12));
    }
  }

  @ParameterizedTest
  // With adaln_zero every energy is 0 before anything was learnt, whatever the candidate.
  @EnumSource(
      value = LandscapeConditioning.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "ADALN_ZERO")
  void energyDependsOnItsOwnCandidateAndTheTokensUpToIt(LandscapeConditioning conditioning) {
    long[] tokens = {0, 1, 2, 3, 4, 0};
    double[] candidates = TestArrays.mixed(3, ROW.toIntArray()).doubles();
    try (Thinker thinker = thinker(conditioning, ThinkingMethod.UpdateRule.MIRROR, 1)) {
      double[] before = energies(thinker, tokens, candidates);
      for (int at = 0; at < SmallText.LENGTH; at++) {
        double[] other = candidates.clone();
        other[at * SmallText.VOCABULARY] += 1;
        assertChanged(before, energies(thinker, tokens, other), at, at);
        long[] others = tokens.clone();
        others[at] = (others[at] + 1) % SmallText.VOCABULARY;
        assertChanged(before, energies(thinker, others, candidates), at, SmallText.LENGTH - 1);
      }
    }
  }

  private static double[] energies(Thinker thinker, long[] tokens, double[] candidates) {
    thinker.observe(SmallText.tokens(tokens));
    thinker.begin(Array.of(ROW, candidates));
    return thinker.energy().doubles();
  }

  /** All from {@code first} to {@code last} changed, and no other, not by a bit. */
  private static void assertChanged(double[] before, double[] after, int first, int last) {
    for (int i = 0; i < before.length; i++) {
      if (i >= first && i <= last) {
        assertThat(Math.abs(after[i] - before[i])).as("energy %d", i).isGreaterThan(1e-9);
      } else {
        assertThat(after[i]).as("energy %d", i).isEqualTo(before[i]);
      }
    }
  }

  private static Array rows(int rows, double... values) {
    return Array.of(Shape.of(rows, SmallText.LENGTH, SmallText.VOCABULARY), values);
  }

  private static double[] row(double[] values, int row, int size) {
    return Arrays.copyOfRange(values, row * size, (row + 1) * size);
  }

  private static long[] row(long[] tokens, int row) {
    return Arrays.copyOfRange(tokens, row * SmallText.LENGTH, (row + 1) * SmallText.LENGTH);
  }

  private static double[] doubled(double[] values) {
    double[] twice = Arrays.copyOf(values, 2 * values.length);
    System.arraycopy(values, 0, twice, values.length, values.length);
    return twice;
  }

  private static long[] doubled(long[] values) {
    long[] twice = Arrays.copyOf(values, 2 * values.length);
    System.arraycopy(values, 0, twice, values.length, values.length);
    return twice;
  }
}
