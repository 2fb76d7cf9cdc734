package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BatchQueueTest {
  private static final int ROWS = 10;
  private static final int SIZE = 4;

  /** Rows that note who reads them, and how many read at once. */
  private static class Numbered implements Examples {
    final List<Thread> readers = new ArrayList<>();
    final AtomicInteger reading = new AtomicInteger();
    volatile int read;

    @Override
    public int size() {
      return ROWS;
    }

    @Override
    public Batch batch(int... rows) {
      assertThat(reading.incrementAndGet()).isEqualTo(1);
      readers.add(Thread.currentThread());
      Array numbers = Array.of(Shape.of(rows.length), Arrays.stream(rows).asLongStream().toArray());
      reading.decrementAndGet();
      read++;
      return new Batch(Map.of(), numbers, Array.filled(Shape.of(rows.length), 1));
    }
  }

  private static BatchQueue queue(Examples rows, int perUpdate, long end) {
    return new BatchQueue(
        rows, new EpochShuffle(ROWS, 33), new BatchShare(SIZE, 0, perUpdate, perUpdate, 0), end);
  }

  private static List<Long> expected(long position, int count) {
    return Arrays.stream(new EpochShuffle(ROWS, 33).rows(position, count))
        .mapToObj(Long::valueOf)
        .toList();
  }

  private static List<Long> numbers(List<Batch> batches) {
    return batches.stream()
        .flatMap(batch -> Arrays.stream(batch.target().longs()).boxed())
        .toList();
  }

  @Test
  void handsOutTheRowsOfEveryUpdateInOrder() {
    try (BatchQueue queue = queue(new Numbered(), 2, 64)) {
      for (int update = 0; update < 8; update++) {
        long position = (long) update * 2 * SIZE;
        assertThat(numbers(queue.take(position, 2))).isEqualTo(expected(position, 2 * SIZE));
      }
    }
  }

  @Test
  void goesBackWhenATrainingDoes() {
    try (BatchQueue queue = queue(new Numbered(), 1, 64)) {
      assertThat(numbers(queue.take(8, 1))).isEqualTo(expected(8, SIZE));
      queue.during(() -> 0);
      assertThat(numbers(queue.take(4, 1))).isEqualTo(expected(4, SIZE));
      assertThat(numbers(queue.take(8, 1))).isEqualTo(expected(8, SIZE));
    }
  }

  @Test
  void preparesAFewBatchesDuringAnUpdate() {
    Numbered rows = new Numbered();
    try (BatchQueue queue = queue(rows, 1, 64)) {
      queue.take(0, 1);
      queue.during(
          () -> {
            while (rows.read < 4) {
              Thread.onSpinWait();
            }
            return 0;
          });
      assertThat(rows.read).as("the first one and three ahead").isEqualTo(4);
      rows.batch(0); // As a validation does.
      assertThat(rows.readers.subList(0, 4)).doesNotContain(Thread.currentThread());
      assertThat(queue.takeWaited()).isPositive();
      assertThat(queue.takeWaited()).isZero();
    }
  }

  @Test
  void preparesNothingBeyondTheEnd() {
    Numbered rows = new Numbered();
    BatchQueue queue = queue(rows, 1, 2 * SIZE);
    queue.take(0, 1);
    queue.during(() -> 0);
    queue.take(SIZE, 1);
    queue.during(() -> 0);
    queue.close();
    assertThat(rows.read).isEqualTo(2);
  }

  @Test
  void saysWhatIsWrongWithTheDataWhereItIsNeeded() {
    Examples bad =
        new Numbered() {
          @Override
          public Batch batch(int... rows) {
            throw new UserException("row " + rows[0] + " is damaged");
          }
        };
    try (BatchQueue queue = queue(bad, 1, 64)) {
      assertThat(queue.during(() -> "an update goes on")).isEqualTo("an update goes on");
      assertThatThrownBy(() -> queue.take(0, 1))
          .isInstanceOf(UserException.class)
          .hasMessageEndingWith(" is damaged");
    }
  }

  @Test
  void closesOnlyWhenNobodyReads() {
    Thread training = Thread.currentThread();
    Numbered slow =
        new Numbered() {
          @Override
          public Batch batch(int... rows) {
            // All but the first one end when the training waits to read alone, or to close.
            while (read > 0 && !waitsIn(training, "readAlone") && !waitsIn(training, "close")) {
              Thread.onSpinWait();
            }
            return super.batch(rows);
          }
        };
    BatchQueue queue = queue(slow, 1, 64);
    queue.take(0, 1);
    Thread reader = slow.readers.get(0);
    while (!waitsIn(reader, "read")) {
      Thread.onSpinWait(); // until it is at a batch that it may not read yet
    }
    int read = slow.read;
    queue.close();
    assertThat(slow.read).isEqualTo(read + 1);
  }

  private static boolean waitsIn(Thread thread, String method) {
    return thread.getState().name().endsWith("WAITING")
        && Arrays.stream(thread.getStackTrace())
            .anyMatch(frame -> frame.getMethodName().equals(method));
  }
}
