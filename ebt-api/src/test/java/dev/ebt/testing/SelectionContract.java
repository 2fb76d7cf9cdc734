package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.select.Selection;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of selections: one score per prediction, which depends on nothing but the
 * inputs of that prediction, and is the same whenever it is computed again. The test of a selection
 * extends this class and inherits all tests.
 */
public abstract class SelectionContract {
  private static final Shape PREDICTIONS = Shape.of(2, 3);
  private static final double[] ENERGIES = {1, -2, 0.5, 3, 0, -1};

  /** Returns the selection. */
  protected abstract Selection selection();

  @Test
  final void scoresAreOneNumberPerPredictionAndRepeat() {
    Array scores = scores(ENERGIES, 5);
    assertThat(scores.shape()).isEqualTo(PREDICTIONS);
    assertThat(scores).isEqualTo(scores(ENERGIES, 5));
  }

  @Test
  final void predictionsDoNotMix() {
    double[] other = ENERGIES.clone();
    other[1] += 4;
    double[] before = scores(ENERGIES, 5).doubles();
    double[] after = scores(other, 5).doubles();
    for (int i = 0; i < before.length; i++) {
      if (i != 1) {
        assertThat(after[i]).as("score %d", i).isEqualTo(before[i]);
      }
    }
    assertThat(after[1]).isNotEqualTo(before[1]);
  }

  /** Returns the scores for energies that began at 4 and residuals of half their size. */
  public final Array scores(double[] energies, long seed) {
    Tensor energy = Tensor.input("energy", Shape.of(2, energies.length / 2), ElementType.REAL);
    Selection.Inputs inputs =
        new Selection.Inputs(
            energy,
            Tensor.filled(energy.shape(), 4),
            () -> energy.times(0.5),
            Tensor.input("key", Shape.of(2), ElementType.INTEGER));
    Program program = Program.named("score").output("score", selection().score(inputs)).build();
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program)) {
      return executable
          .run(
              Map.of(
                  "energy",
                  Array.of(energy.shape(), energies),
                  "key",
                  Array.of(Shape.of(2), seed, 0L)))
          .get("score");
    }
  }
}
