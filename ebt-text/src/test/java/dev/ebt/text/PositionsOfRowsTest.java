package dev.ebt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.model.AutoregressiveEnergy;
import dev.ebt.model.TransformerSettings;
import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeException;
import dev.ebt.testing.TestArrays;
import dev.ebt.think.Thinker;
import dev.ebt.think.ThinkingCache;
import dev.ebt.train.EnergyObjective;
import dev.ebt.train.TrainingProblem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows whose positions differ, such as prompts of different lengths, are thought about together.
 */
class PositionsOfRowsTest {
  private static final int ROWS = 3;
  private static final long[][] POSITIONS = {{5, 0}, {1, 4}, {2, 2}};

  private final ReferenceBackend backend = new ReferenceBackend();
  private final Map<String, Array> tokens = SmallText.batch(2, ROWS, 0).context();
  private final Array candidates =
      TestArrays.mixed(1, ROWS, SmallText.LENGTH, SmallText.VOCABULARY);

  @AfterEach
  void close() {
    backend.close();
  }

  private ThinkingCache cache(LandscapeConditioning conditioning, boolean addPreviousEmbedding) {
    AutoregressiveEnergy model =
        new AutoregressiveEnergy(
            new TransformerSettings(
                null, 2, 2, 8, null, conditioning, null, null, null, addPreviousEmbedding, null),
            2);
    ThinkingMethod thinking = SmallText.thinking(ThinkingMethod.UpdateRule.MIRROR);
    SmallText.initialize(
        backend,
        new TrainingProblem(
            SmallText.modality(),
            model,
            EnergyObjective.system1(new EnergyObjective.Settings(2)),
            thinking,
            List.of()));
    return new ThinkingCache(backend, SmallText.modality(), model, thinking, List.of());
  }

  @ParameterizedTest
  @CsvSource({"NONE, false", "TIME_EMBED, true", "ADALN, false", "NONE, true"})
  void selectedPositionsHaveTheNumbersThatTheyHaveAmongAll(
      LandscapeConditioning conditioning, boolean addPreviousEmbedding) {
    ThinkingCache cache = cache(conditioning, addPreviousEmbedding);
    int count = POSITIONS[0].length;
    try (Thinker all = cache.of(ROWS).session();
        Thinker selected = cache.of(ROWS, count).session()) {
      all.observe(tokens);
      all.begin(candidates);
      selected.observe(tokens);
      selected.focus(positions());
      selected.begin(selected(candidates));
      for (int step = 0; step < 3; step++) {
        Array energies = all.step();
        assertSelected(selected.step(), energies);
        assertSelected(selected.candidate(), all.candidate());
      }
      assertSelected(selected.energy(), all.energy());
    }
  }

  @Test
  void positionsOfEveryRowAreExpected() {
    try (Thinker thinker = cache(LandscapeConditioning.NONE, false).of(ROWS, 2).session()) {
      thinker.observe(tokens);
      assertThatThrownBy(() -> thinker.focus(Array.of(Shape.of(1, 2), new long[] {0, 1})))
          .isInstanceOf(ShapeException.class)
          .hasMessage("positions: one row for each context, [3, 2], expected, found [1, 2]");
    }
  }

  private static Array positions() {
    long[] flat = new long[ROWS * 2];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = POSITIONS[i / 2][i % 2];
    }
    return Array.of(Shape.of(ROWS, 2), flat);
  }

  private static void assertSelected(Array actual, Array all) {
    assertThat(actual.doubles()).containsExactly(selected(all).doubles(), within(1e-12));
  }

  /** Returns the selected positions of [rows, length, ...]. */
  private static Array selected(Array all) {
    int size = all.shape().elements() / ROWS / SmallText.LENGTH;
    double[] values = new double[ROWS * 2 * size];
    for (int i = 0; i < ROWS * 2; i++) {
      int from = (i / 2 * SmallText.LENGTH + (int) POSITIONS[i / 2][i % 2]) * size;
      System.arraycopy(all.doubles(), from, values, i * size, size);
    }
    return Array.of(all.shape().with(1, 2), values);
  }
}
