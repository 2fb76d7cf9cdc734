package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OptimalPairingTest {
  private final OptimalPairing pairing = new OptimalPairing();

  @Test
  void eachCandidateGetsTheNearestTargetOfItsContext() {
    // Without contexts row 0 would be paired with row 1.
    Batch batch = batch(new long[] {0, 1, 0, 1}, 9, 0, 1, 8);
    Array candidates = Array.of(Shape.of(4, 1), 0.0, 9.0, 10.0, -1.0);
    assertThat(pairing.order(candidates, batch)).containsExactly(2, 3, 0, 1);
    Batch ordered = batch.ordered(pairing.order(candidates, batch));
    assertThat(ordered.target().doubles()).containsExactly(1, 8, 9, 0);
    assertThat(ordered.context().get("class").longs()).containsExactly(0, 1, 0, 1);
  }

  @Test
  void rowsOfDifferentContextsStay() {
    Array candidates = Array.of(Shape.of(3, 1), 3.0, 2.0, 1.0);
    assertThat(pairing.order(candidates, batch(new long[] {0, 1, 2}, 1, 2, 3)))
        .containsExactly(0, 1, 2);
  }

  @Test
  void batchWithoutTwoRowsPerContextIsRefused() {
    Dataset three = new Rows(batch(new long[] {0, 1, 2, 0}, 1, 2, 3, 4));
    pairing.check(three, 6);
    assertThatThrownBy(() -> pairing.check(three, 5))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("objective.pairing is optimal, but training.batch 5 is too small")
        .hasMessageContaining("training.batch 6 or more expected");
  }

  @Test
  void contextsAreCountedInTheWholeSet() {
    // Sorted by class: all of the first 2,000 rows have one context.
    long[] sorted = LongStream.range(0, 8000).map(row -> row / 2000).toArray();
    Dataset four = new Rows(batch(sorted, new double[8000]));
    pairing.check(four, 8);
    assertThatThrownBy(() -> pairing.check(four, 7))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("training.batch 7 is too small")
        .hasMessageContaining("training.batch 8 or more expected");
  }

  @Test
  void rowsWithoutClassesAreRefusedWhateverTheBatch() {
    Dataset unique = new Rows(batch(LongStream.range(0, 5000).toArray(), new double[5000]));
    assertThatThrownBy(() -> pairing.check(unique, 10_000))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("1000 of 1000 training rows have a context of their own")
        .hasMessageContaining("objective.pairing=random");
  }

  private static Batch batch(long[] classes, double... targets) {
    Shape rows = Shape.of(classes.length);
    return new Batch(
        Map.of("class", Array.of(rows, classes)),
        Array.of(rows.plus(1), targets),
        Array.filled(rows, 1));
  }

  private record Rows(Batch all) implements Dataset, Examples {
    @Override
    public Examples training() {
      return this;
    }

    @Override
    public Examples validation() {
      return this;
    }

    @Override
    public String description() {
      return "rows";
    }

    @Override
    public String fingerprint() {
      return "rows";
    }

    @Override
    public int size() {
      return all.rows();
    }

    @Override
    public Batch batch(int... rows) {
      return all.ordered(rows);
    }
  }
}
