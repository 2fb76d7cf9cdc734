package dev.ebt.regularizers.replay;

import dev.ebt.error.UserException;
import dev.ebt.regularize.ReplayBuffer;
import dev.ebt.regularize.ReplayRows;
import dev.ebt.store.ByteSizes;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** A replay buffer of the latest rows, first in, first out. */
public final class FifoReplayBuffer implements ReplayBuffer {
  private final RowLayout layout;
  private final RowStore slots;
  private final int capacity;
  private final double fraction;
  private final int batches;

  /** The slot of the oldest row. */
  private int oldest;

  private int size;

  /**
   * Creates an empty buffer.
   *
   * @param slots as many slots as {@code capacity}, closed with this buffer
   * @param fraction rows recalled, as a share of the fresh ones
   */
  public FifoReplayBuffer(RowLayout layout, RowStore slots, int capacity, double fraction) {
    this(layout, slots, capacity, fraction, 1);
  }

  /**
   * Creates an empty buffer of one of several batches of an update.
   *
   * @param capacity the rows of this batch's buffer
   * @param batches the batches of an update, each with such a buffer
   */
  public FifoReplayBuffer(
      RowLayout layout, RowStore slots, int capacity, double fraction, int batches) {
    this.batches = batches;
    this.layout = layout;
    this.slots = slots;
    this.capacity = capacity;
    this.fraction = fraction;
  }

  /**
   * Returns a share of the fresh rows, or all rows if there are fewer.
   *
   * @throws UserException if the share is less than a row, or if an equal share of the capacity is
   *     less than it
   */
  @Override
  public Optional<ReplayRows> recall(int rows, RandomGenerator random) {
    int wanted = (int) (fraction * rows);
    if (wanted == 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "replay: fraction %s of %d rows is less than one row; a larger fraction or"
                  + " training.batch expected",
              fraction,
              rows));
    }
    if (batches > 1 && wanted > capacity) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "replay: each of the %d batches of an update (training.accumulate) has a buffer of"
                  + " %d rows, an equal share of capacity, less than the %d rows that it draws"
                  + " (fraction %s of %d); capacity: %d or more expected, or a smaller fraction",
              batches,
              capacity,
              wanted,
              fraction,
              rows,
              (long) wanted * batches));
    }
    int count = Math.min(wanted, size);
    return count == 0 ? Optional.empty() : Optional.of(read(drawn(count, random)));
  }

  /** Returns the number of rows in the buffer. */
  int size() {
    return size;
  }

  /** Returns the most rows in the buffer. */
  int capacity() {
    return capacity;
  }

  /** Returns whether the next row evicts one. */
  boolean isFull() {
    return size == capacity;
  }

  /** Returns the rows of these ages; 0 is the oldest. */
  ReplayRows read(List<Integer> ages) {
    return layout.read(ages.stream().map(this::slot).toList());
  }

  /** Writes a row in the place of that of an age. */
  void overwrite(int age, ReplayRows rows, int row) {
    layout.write(rows, row, slot(age));
  }

  /**
   * Returns the ages of {@code count} distinct rows: the start of a shuffle of all rows (Fisher and
   * Yates).
   */
  List<Integer> drawn(int count, RandomGenerator random) {
    int[] ages = new int[size];
    for (int i = 0; i < size; i++) {
      ages[i] = i;
    }
    List<Integer> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i, size);
      int chosen = ages[j];
      ages[j] = ages[i];
      drawn.add(chosen);
    }
    return drawn;
  }

  /** Returns the bytes of a row; 0 is the oldest. */
  private ByteBuffer slot(int age) {
    return slots.at((int) (((long) oldest + age) % capacity));
  }

  @Override
  public void keep(ReplayRows fresh) {
    for (int row = 0; row < fresh.rows(); row++) {
      layout.write(fresh, row, next());
    }
  }

  /** Returns the slot of the next row, evicting the oldest row if the buffer is full. */
  private ByteBuffer next() {
    if (size < capacity) {
      size++;
    } else {
      oldest = (oldest + 1) % capacity;
    }
    return slot(size - 1);
  }

  /** Returns each array of each row, under the age of the row and the name of the array. */
  @Override
  public String name() {
    return "replay";
  }

  @Override
  public Map<String, Supplier<Array>> state() {
    Map<String, Supplier<Array>> state = new LinkedHashMap<>();
    for (int age = 0; age < size; age++) {
      ByteBuffer slot = slot(age);
      for (RowLayout.Column column : layout.columns()) {
        state.put(age + "." + column.name(), () -> column.read(List.of(slot)));
      }
    }
    return state;
  }

  /** Restores the rows of a checkpoint, without the oldest ones if they exceed the capacity. */
  @Override
  public void restore(Map<String, Supplier<Array>> state) {
    oldest = 0;
    size = 0;
    int rows = rows(state);
    for (int age = Math.max(0, rows - capacity); age < rows; age++) {
      ByteBuffer slot = next();
      for (RowLayout.Column column : layout.columns()) {
        column.write(saved(state, age + "." + column.name(), column), 0, slot);
      }
    }
  }

  /**
   * Divides rows so that the buffers have equally many and equally old ones. Rows of several
   * buffers that are equally far from the newest count as equally old.
   */
  @Override
  public List<Map<String, Supplier<Array>>> divided(
      List<Map<String, Supplier<Array>>> states, int count) {
    List<Map<String, Supplier<Array>>> newestFirst = new ArrayList<>();
    int[] rows = states.stream().mapToInt(this::rows).toArray();
    int most = Arrays.stream(rows).max().orElse(0);
    for (int back = 1; back <= most; back++) {
      for (int i = 0; i < rows.length; i++) {
        if (back <= rows[i]) {
          newestFirst.add(row(states.get(i), rows[i] - back));
        }
      }
    }
    List<Map<String, Supplier<Array>>> divided = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Supplier<Array>> state = new LinkedHashMap<>();
      int own = (newestFirst.size() - i + count - 1) / count;
      for (int age = 0; age < own; age++) {
        String prefix = age + ".";
        newestFirst
            .get(i + (own - 1 - age) * count)
            .forEach((name, array) -> state.put(prefix + name, array));
      }
      divided.add(state);
    }
    return divided;
  }

  /** Returns the number of rows of a saved state. */
  private int rows(Map<String, Supplier<Array>> state) {
    String column = layout.columns().get(0).name();
    int rows = 0;
    while (state.containsKey(rows + "." + column)) {
      rows++;
    }
    return rows;
  }

  /** Returns the arrays of a saved row by the names of its columns. */
  private Map<String, Supplier<Array>> row(Map<String, Supplier<Array>> state, int age) {
    Map<String, Supplier<Array>> row = new LinkedHashMap<>();
    for (RowLayout.Column column : layout.columns()) {
      Supplier<Array> array = state.get(age + "." + column.name());
      if (array != null) { // Restoring refuses a row that is not complete.
        row.put(column.name(), array);
      }
    }
    return row;
  }

  private static Array saved(
      Map<String, Supplier<Array>> state, String name, RowLayout.Column column) {
    Shape wanted = Shape.of(1).plus(column.shape().toIntArray());
    Array array = state.containsKey(name) ? state.get(name).get() : null;
    if (array == null || !array.shape().equals(wanted)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "replay: the checkpoint has %s as '%s'; %s expected, a row of this modality",
              array == null ? "nothing" : array.shape(),
              name,
              wanted));
    }
    return array;
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "replay of up to %d rows of %s: %s at most, in %s",
        capacity,
        ByteSizes.words(layout.bytes()),
        ByteSizes.words((long) capacity * layout.bytes()),
        slots.place());
  }

  @Override
  public void close() {
    slots.close();
  }
}
