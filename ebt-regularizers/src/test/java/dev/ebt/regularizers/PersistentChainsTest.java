package dev.ebt.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.regularize.ReplayBuffer;
import dev.ebt.regularize.ReplayRows;
import dev.ebt.regularize.ReplayShare;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.RegularizerContract;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PersistentChainsTest extends RegularizerContract {
  private static final PointModality POINTS = new PointModality(Shape.scalar(), 1);

  @Override
  protected List<PersistentChains> regularizers() {
    return List.of(new PersistentChains(null, null), new PersistentChains(5, 0.0));
  }

  @Test
  void aChainGoesOnWhereItWas() {
    try (ReplayBuffer buffer = new PersistentChains(3, 0.0).replayBuffer(POINTS).orElseThrow()) {
      assertThat(buffer.recall(3, new SplittableRandom(1))).isEmpty();
      buffer.keep(rows(1, 2, 3));
      for (int step = 1; step <= 4; step++) {
        ReplayRows recalled = buffer.recall(3, new SplittableRandom(step)).orElseThrow();
        assertThat(candidates(recalled)).isEqualTo(sorted(step, step + 1, step + 2));
        buffer.keep(rows(100, 100, 100));
        buffer.keepRecalled(next(recalled));
      }
    }
  }

  @Test
  void aShareOfTheChainsIsRenewed() {
    try (ReplayBuffer buffer = new PersistentChains(2, 1.0).replayBuffer(POINTS).orElseThrow()) {
      buffer.keep(rows(1, 2));
      ReplayRows recalled = buffer.recall(2, new SplittableRandom(1)).orElseThrow();
      buffer.keep(rows(7, 8));
      buffer.keepRecalled(next(recalled));
      assertThat(candidates(buffer.recall(2, new SplittableRandom(2)).orElseThrow()))
          .isEqualTo(sorted(7, 8));
    }
  }

  @Test
  void fewerChainsThanRowsAreRefused() {
    try (ReplayBuffer buffer = new PersistentChains(2, null).replayBuffer(POINTS).orElseThrow()) {
      assertThatThrownBy(() -> buffer.recall(3, new SplittableRandom(1)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("chains is 2, less than the 3 rows of an update");
    }
    assertThatThrownBy(() -> new PersistentChains(0, null)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new PersistentChains(1, 1.5)).hasMessageContaining("from 0 to 1");
  }

  @Test
  void chainsAreDividedAmongTheBatchesOfAnUpdate() {
    PersistentChains chains = new PersistentChains(4, 0.0);
    ReplayShare share = new ReplayShare(1, 2, 1);
    try (ReplayBuffer whole = chains.replayBuffer(POINTS).orElseThrow();
        ReplayBuffer part = chains.replayBuffer(POINTS, share).orElseThrow()) {
      whole.keep(rows(1, 2, 3, 4));
      part.restore(whole.divided(List.of(whole.state()), 2).get(1));
      assertThat(candidates(part.recall(2, new SplittableRandom(1)).orElseThrow()))
          .isEqualTo(sorted(1, 3));
      assertThatThrownBy(() -> part.recall(3, new SplittableRandom(1)))
          .hasMessageContaining("chains is 4, less than the 6 rows of an update");
    }
  }

  private static ReplayRows rows(double... values) {
    Array column = Array.of(Shape.of(values.length, 1), values);
    Batch batch =
        new Batch(
            Map.of(PointModality.CENTRE, column), column, Array.filled(Shape.of(values.length), 1));
    return new ReplayRows(batch, column);
  }

  /** The same rows one step later: every candidate is larger by one. */
  private static ReplayRows next(ReplayRows rows) {
    double[] moved = Arrays.stream(rows.candidates().doubles()).map(y -> y + 1).toArray();
    return new ReplayRows(rows.batch(), Array.of(rows.candidates().shape(), moved));
  }

  private static List<Double> candidates(ReplayRows rows) {
    return sorted(rows.candidates().doubles());
  }

  private static List<Double> sorted(double... values) {
    return Arrays.stream(values).sorted().boxed().toList();
  }
}
