package dev.ebt.think;

import com.google.common.math.IntMath;
import dev.ebt.predict.StepResult;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which predictions a predictor has.
 *
 * @param sources for each of its predictions, of all rows, the index in the whole batch; those that
 *     fill up a row repeat an earlier one
 */
record CompactLayout(int rows, int positions, int[] sources) {
  /** Returns the layout of a whole batch. */
  static CompactLayout whole(int rows, int positions) {
    return new CompactLayout(rows, positions, identity(rows * positions));
  }

  /** Returns the smallest layout of the marked predictions, at least one. */
  static CompactLayout of(boolean[] marked, int positions) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int first = 0; first < marked.length; first += positions) {
      List<Integer> group = new ArrayList<>();
      for (int i = first; i < first + positions; i++) {
        if (marked[i]) {
          group.add(i);
        }
      }
      if (!group.isEmpty()) {
        groups.add(group);
      }
    }
    int rows = IntMath.ceilingPowerOfTwo(groups.size());
    int most = IntMath.ceilingPowerOfTwo(groups.stream().mapToInt(List::size).max().orElseThrow());
    int[] sources = new int[rows * most];
    for (int i = 0; i < sources.length; i++) {
      List<Integer> group = groups.get(i / most < groups.size() ? i / most : 0);
      sources[i] = group.get(i % most < group.size() ? i % most : 0);
    }
    return new CompactLayout(rows, most, sources);
  }

  /** Returns the number of predictions. */
  int size() {
    return sources.length;
  }

  /** Returns the row of the whole batch for each row. */
  int[] sourceRows(int wholePositions) {
    int[] numbers = new int[rows];
    Arrays.setAll(numbers, row -> sources[row * positions] / wholePositions);
    return numbers;
  }

  /** Returns the first prediction here of each of the whole batch that there is. */
  int[] distinct() {
    Map<Integer, Integer> slots = new LinkedHashMap<>();
    for (int slot = 0; slot < sources.length; slot++) {
      slots.putIfAbsent(sources[slot], slot);
    }
    return slots.values().stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Returns a result for the whole batch: predictions that are not here were not updated.
   *
   * @param whole the shape of one number for each of its predictions; where whole rows move, an
   *     index stands for all predictions of a row
   */
  StepResult spread(StepResult step, Shape whole) {
    return new StepResult(
        spread(step.energy(), whole),
        spread(step.updated(), whole),
        spread(step.continuing(), whole));
  }

  private Array spread(Array values, Shape whole) {
    int each = values.shape().elements() / sources.length;
    double[] spread = new double[whole.elements()];
    for (int slot : distinct()) {
      for (int i = 0; i < each; i++) {
        spread[sources[slot] * each + i] = values.real(slot * each + i);
      }
    }
    return Array.of(whole, spread);
  }

  private static int[] identity(int count) {
    int[] numbers = new int[count];
    Arrays.setAll(numbers, i -> i);
    return numbers;
  }
}
