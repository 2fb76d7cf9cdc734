package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AssignmentTest {
  @Test
  void findsTheLowestSumOfAllPermutations() {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 200; trial++) {
      int size = 1 + trial % 7;
      // Small whole numbers have many ties, real numbers none.
      boolean ties = trial % 2 == 0;
      double[][] cost = new double[size][size];
      for (double[] row : cost) {
        for (int i = 0; i < size; i++) {
          row[i] = ties ? random.nextInt(-3, 4) : random.nextDouble(-1, 1);
        }
      }
      int[] columns = Assignment.of(cost);
      assertThat(columns).doesNotHaveDuplicates().hasSize(size);
      assertThat(Arrays.stream(columns)).allMatch(column -> column >= 0 && column < size);
      assertThat(sum(cost, columns)).isCloseTo(lowest(cost, 0, 0), within(1e-12));
    }
  }

  @Test
  void noRowsHaveNoColumns() {
    assertThat(Assignment.of(new double[0][0])).isEmpty();
  }

  private static double sum(double[][] cost, int[] columns) {
    double sum = 0;
    for (int row = 0; row < columns.length; row++) {
      sum += cost[row][columns[row]];
    }
    return sum;
  }

  private static double lowest(double[][] cost, int row, int taken) {
    if (row == cost.length) {
      return 0;
    }
    double lowest = Double.POSITIVE_INFINITY;
    for (int column = 0; column < cost.length; column++) {
      if ((taken & 1 << column) == 0) {
        double rest = lowest(cost, row + 1, taken | 1 << column);
        lowest = Math.min(lowest, cost[row][column] + rest);
      }
    }
    return lowest;
  }
}
