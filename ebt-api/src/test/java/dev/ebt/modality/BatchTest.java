package dev.ebt.modality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchTest {
  @Test
  void rowsAreOrderedByNumberAndKeepTheirTypes() {
    Batch batch =
        new Batch(
            Map.of("class", Array.of(Shape.of(3), 7L, 8L, 9L)),
            Array.of(Shape.of(3, 2), 1.0, 2.0, 3.0, 4.0, 5.0, 1e-300),
            Array.of(Shape.of(3), 0f, 0.5f, 1f));
    Batch ordered = batch.ordered(2, 0, 2, 1);
    assertThat(ordered.rows()).isEqualTo(4);
    assertThat(ordered.context()).containsEntry("class", Array.of(Shape.of(4), 9L, 7L, 9L, 8L));
    assertThat(ordered.target())
        .isEqualTo(Array.of(Shape.of(4, 2), 5.0, 1e-300, 1.0, 2.0, 5.0, 1e-300, 3.0, 4.0));
    assertThat(ordered.weight().floats()).containsExactly(1f, 0f, 1f, 0.5f);
    assertThat(batch.ordered().rows()).isZero();
  }

  @Test
  void initialCandidatesStayWithTheirRows() {
    Array weight = Array.of(Shape.of(2), 1f, 1f);
    Array target = Array.of(Shape.of(2, 1), 1.0, 2.0);
    Array starts = Array.of(Shape.of(2, 1), 5.0, 6.0);
    Batch batch = new Batch(Map.of(), target, weight, starts);
    assertThat(batch.ordered(1, 0).initialCandidates())
        .isEqualTo(Array.of(Shape.of(2, 1), 6.0, 5.0));
    assertThat(batch.slice(1, 1).initialCandidates()).isEqualTo(Array.of(Shape.of(1, 1), 6.0));
    assertThat(batch.concat(batch.slice(0, 1)).initialCandidates())
        .isEqualTo(Array.of(Shape.of(3, 1), 5.0, 6.0, 5.0));
    Batch without = new Batch(Map.of(), target, weight);
    assertThat(without.slice(0, 1).initialCandidates()).isNull();
    assertThat(batch.concat(without).initialCandidates()).isNull();
  }
}
