package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchShareTest {
  private static final int ROWS = 3;
  private static final int ALL = 6;
  private static final int UPDATES = 4;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void processesHaveEachBatchOnce(int processes) {
    int own = ALL / processes;
    List<Long> found = new ArrayList<>();
    for (int process = 0; process < processes; process++) {
      BatchShare share = new BatchShare(ROWS, process * own, own, ALL, UPDATES);
      long position = (long) process * own * ROWS;
      for (int i = 0; i < own * UPDATES; i++) {
        found.add(position);
        position = share.after(position);
      }
    }
    Collections.sort(found);
    assertThat(found)
        .isEqualTo(LongStream.range(0, ALL * UPDATES).map(i -> i * ROWS).boxed().toList());
  }

  @Test
  void anUpdatesBatchesAreFollowedByThoseOfTheNextUpdate() {
    BatchShare share = new BatchShare(ROWS, 2, 2, ALL, UPDATES);
    assertThat(share.after(2 * ROWS)).isEqualTo(3 * ROWS);
    assertThat(share.after(3 * ROWS)).isEqualTo((ALL + 2) * ROWS);
  }
}
