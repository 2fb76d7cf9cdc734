package example.sudoku;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A symmetry of all boards of a layout: it maps solved boards to solved boards. Digits are
 * relabelled; rows change places within their band of boxes, and bands among each other, and so do
 * columns; where boxes are square, rows and columns may also be exchanged.
 *
 * @param cells for each cell the one that its digit comes from
 * @param labels the new digit of each digit, from index 1 on; the empty cell stays 0
 */
record Symmetry(int[] cells, int[] labels) {
  /** Draws a symmetry, all of them equally likely. */
  static Symmetry draw(Layout layout, RandomGenerator random) {
    int size = layout.size();
    int[] rows = lines(size, layout.boxHeight(), random);
    int[] columns = lines(size, layout.boxWidth(), random);
    boolean transposed = layout.boxHeight() == layout.boxWidth() && random.nextBoolean();
    int[] cells = new int[layout.cells()];
    Arrays.setAll(
        cells,
        cell -> {
          int row = rows[layout.row(cell)];
          int column = columns[layout.column(cell)];
          return transposed ? column * size + row : row * size + column;
        });
    int[] labels = new int[size + 1];
    int[] digits = permutation(size, random);
    for (int i = 0; i < size; i++) {
      labels[i + 1] = digits[i] + 1;
    }
    return new Symmetry(cells, labels);
  }

  /** Returns a permutation of lines that keeps bands of {@code band} lines together. */
  private static int[] lines(int size, int band, RandomGenerator random) {
    int[] bands = permutation(size / band, random);
    int[] lines = new int[size];
    for (int i = 0; i < bands.length; i++) {
      int[] within = permutation(band, random);
      for (int j = 0; j < band; j++) {
        lines[i * band + j] = bands[i] * band + within[j];
      }
    }
    return lines;
  }

  /** Returns a permutation of the numbers from 0 on, by the Fisher–Yates shuffle. */
  static int[] permutation(int size, RandomGenerator random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Returns the image of a board. */
  Board of(Board board) {
    int[] digits = new int[cells.length];
    Arrays.setAll(digits, cell -> labels[board.digit(cells[cell])]);
    return new Board(board.layout(), digits);
  }
}
