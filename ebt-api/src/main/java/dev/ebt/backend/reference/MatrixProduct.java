package dev.ebt.backend.reference;

import java.util.stream.IntStream;

/** The product C = A · B for a batch of matrices. */
final class MatrixProduct {
  /** The number of multiplications below which starting threads costs more than it saves. */
  private static final long WORTH_THREADS = 1 << 16;

  private MatrixProduct() {}

  /**
   * Computes C [batch, rows, columns] from A [batch, rows, inner] and B [batch, inner, columns],
   * all row-major.
   */
  static double[] of(double[] a, double[] b, int batch, int rows, int inner, int columns) {
    double[] c = new double[batch * rows * columns];
    // Rows are independent, so the sums are the same on any number of threads.
    IntStream all = IntStream.range(0, batch * rows);
    IntStream spread = (long) c.length * inner >= WORTH_THREADS ? all.parallel() : all;
    spread.forEach(row -> row(a, b, c, row, row / rows * inner * columns, inner, columns));
    return c;
  }

  /** Computes one row of C as a sum of rows of B, so that the innermost loop runs along both. */
  private static void row(
      double[] a, double[] b, double[] c, int row, int startB, int inner, int columns) {
    int startC = row * columns;
    for (int k = 0; k < inner; k++) {
      double factor = a[row * inner + k];
      int rowB = startB + k * columns;
      for (int j = 0; j < columns; j++) {
        c[startC + j] += factor * b[rowB + j];
      }
    }
  }
}
