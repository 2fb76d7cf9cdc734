package dev.ebt.train;

import java.util.Arrays;

/**
 * The assignment of n rows to n columns with the lowest sum of costs, found exactly in O(n³) by
 * shortest augmenting paths with potentials (the Hungarian method; Kuhn, 1955; Jonker and
 * Volgenant, 1987).
 */
final class Assignment {
  private final double[][] cost;
  private final int size;
  // Index 0 stands for "no row"; the column before the first is the start of a path.
  private final double[] rowPotential;
  private final double[] columnPotential;
  private final int[] rowOfColumn;
  private final int[] before;

  private Assignment(double[][] cost) {
    this.cost = cost;
    this.size = cost.length;
    this.rowPotential = new double[size + 1];
    this.columnPotential = new double[size + 1];
    this.rowOfColumn = new int[size + 1];
    this.before = new int[size + 1];
  }

  /**
   * Returns the column of each row.
   *
   * @param cost finite costs, [n][n]
   */
  static int[] of(double[][] cost) {
    Assignment assignment = new Assignment(cost);
    for (int row = 1; row <= cost.length; row++) {
      assignment.flip(assignment.path(row));
    }
    int[] columns = new int[cost.length];
    for (int column = 1; column <= cost.length; column++) {
      columns[assignment.rowOfColumn[column] - 1] = column - 1;
    }
    return columns;
  }

  /** Finds the shortest augmenting path of a row; returns the free column where it ends. */
  private int path(int row) {
    double[] distance = new double[size + 1];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    boolean[] reached = new boolean[size + 1];
    rowOfColumn[0] = row;
    int column = 0;
    while (rowOfColumn[column] != 0) {
      reached[column] = true;
      int from = rowOfColumn[column];
      int nearest = 0;
      for (int next = 1; next <= size; next++) {
        if (!reached[next]) {
          double reduced = cost[from - 1][next - 1] - rowPotential[from] - columnPotential[next];
          if (reduced < distance[next]) {
            distance[next] = reduced;
            before[next] = column;
          }
          if (nearest == 0 || distance[next] < distance[nearest]) {
            nearest = next;
          }
        }
      }
      shift(distance, reached, distance[nearest]);
      column = nearest;
    }
    return column;
  }

  private void shift(double[] distance, boolean[] reached, double by) {
    for (int column = 0; column <= size; column++) {
      if (reached[column]) {
        rowPotential[rowOfColumn[column]] += by;
        columnPotential[column] -= by;
      } else {
        distance[column] -= by;
      }
    }
  }

  /** Moves every row of the path to the column after its own. */
  private void flip(int end) {
    int column = end;
    while (column != 0) {
      int previous = before[column];
      rowOfColumn[column] = rowOfColumn[previous];
      column = previous;
    }
  }
}
