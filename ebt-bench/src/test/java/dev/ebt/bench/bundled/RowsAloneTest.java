package dev.ebt.bench.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.config.Overrides;
import dev.ebt.modality.Batch;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.think.Thinker;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A trained model thinks about a row alone as it does among others, on TensorFlow too. */
class RowsAloneTest {
  private static final int ROWS = 16;
  private static final int STEPS = 3;

  @Test
  void energiesAndMovesDoNotDependOnTheBatch() {
    try (TrainedModel model = Brackets.open(Overrides.none())) {
      Shape row = Shape.of(1).plus(model.modality().candidate().toIntArray());
      double[] start = new Random(7).doubles(ROWS * row.elements()).map(u -> 2 * u - 1).toArray();
      int[] all = new int[ROWS];
      Arrays.setAll(all, i -> i);
      List<Array> together = walk(model, start, all);
      for (int i : new int[] {0, 5, ROWS - 1}) {
        double[] own = Arrays.copyOfRange(start, i * row.elements(), (i + 1) * row.elements());
        List<Array> alone = walk(model, own, i);
        for (int j = 0; j < alone.size(); j++) {
          double[] expected = alone.get(j).doubles();
          double[] found =
              Arrays.copyOfRange(
                  together.get(j).doubles(), i * expected.length, (i + 1) * expected.length);
          double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
          assertThat(found)
              .as("row %d, result %d", i, j)
              .containsExactly(expected, within(1e-4 * Math.max(1, largest)));
        }
        assertThat(alone.get(1)).as("thinking moves").isNotEqualTo(alone.get(3));
      }
    }
  }

  /** Energies entering each step and candidates after it. */
  private static List<Array> walk(TrainedModel model, double[] start, int... rows) {
    Batch batch = model.parts().dataset().validation().batch(rows);
    Shape shape = Shape.of(rows.length).plus(model.modality().candidate().toIntArray());
    try (Thinker thinker = model.thinker(rows.length)) {
      thinker.observe(batch.context());
      thinker.begin(Array.of(shape, start));
      Array[] found = new Array[2 * STEPS];
      for (int i = 0; i < STEPS; i++) {
        found[2 * i] = thinker.step();
        found[2 * i + 1] = thinker.candidate();
      }
      return List.of(found);
    }
  }
}
