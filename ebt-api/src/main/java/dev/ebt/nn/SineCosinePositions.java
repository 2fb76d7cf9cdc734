package dev.ebt.nn;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;

/**
 * Fixed position embeddings of the cells of a grid (He et al., "Masked autoencoders are scalable
 * vision learners", 2022): the first half of the width encodes the column, the second half the row,
 * each as sin(p·f) for the frequencies f = 10000^(−4k/width) followed by cos(p·f) for the same.
 */
public final class SineCosinePositions {
  private static final double BASE = 10000;

  private SineCosinePositions() {}

  /**
   * Returns the positions of all cells, row by row: [rows · columns, width].
   *
   * @param width divisible by 4
   */
  public static Array grid(int rows, int columns, int width) {
    if (width % 4 != 0) {
      throw new IllegalArgumentException("width " + width + " is not divisible by 4");
    }
    double[] values = new double[rows * columns * width];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int cell = (row * columns + column) * width;
        write(values, cell, column, width / 4);
        write(values, cell + width / 2, row, width / 4);
      }
    }
    return Array.of(Shape.of(rows * columns, width), values);
  }

  private static void write(double[] values, int from, int position, int frequencies) {
    for (int k = 0; k < frequencies; k++) {
      double angle = position * Math.pow(BASE, -(double) k / frequencies);
      values[from + k] = Math.sin(angle);
      values[from + frequencies + k] = Math.cos(angle);
    }
  }
}
