package example.sudoku;

import dev.ebt.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The layout of a board with N rows, N columns and N boxes. Cells are numbered row by row from 0.
 *
 * @param size N, the number of digits
 * @param boxHeight rows of a box
 * @param boxWidth columns of a box
 */
public record Layout(int size, int boxHeight, int boxWidth) {
  private static final List<Layout> ALL =
      List.of(new Layout(4, 2, 2), new Layout(6, 2, 3), new Layout(9, 3, 3));

  /** A row, column or box, whose cells have different digits. */
  record Unit(String name, int[] cells) {}

  /** Returns the layout of a size: 4, 6 or 9. */
  public static Layout of(int size) {
    return ALL.stream()
        .filter(layout -> layout.size == size)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no layout of size " + size));
  }

  /**
   * Returns the layout of a number of cells.
   *
   * @param source the origin of the board in the message
   * @throws UserException if there is none
   */
  static Layout ofCells(String source, int cells) {
    return ALL.stream()
        .filter(layout -> layout.cells() == cells)
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    source
                        + " has "
                        + cells
                        + " characters; 16 (4 × 4), 36 (6 × 6) or 81 (9 × 9) expected"));
  }

  /** Returns whether there is a layout of a size. */
  static boolean exists(int size) {
    return ALL.stream().anyMatch(layout -> layout.size == size);
  }

  /** Returns the number of cells. */
  public int cells() {
    return size * size;
  }

  int row(int cell) {
    return cell / size;
  }

  int column(int cell) {
    return cell % size;
  }

  int box(int cell) {
    return row(cell) / boxHeight * boxHeight + column(cell) / boxWidth;
  }

  /** Returns what two cells share: 1 for their row, 2 for their column, 4 for their box, added. */
  int shared(int one, int other) {
    return (row(one) == row(other) ? 1 : 0)
        + (column(one) == column(other) ? 2 : 0)
        + (box(one) == box(other) ? 4 : 0);
  }

  /** Returns all rows, then all columns, then all boxes. */
  List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int number = i;
      units.add(new Unit("row " + (i + 1), cells(cell -> row(cell) == number)));
    }
    for (int i = 0; i < size; i++) {
      int number = i;
      units.add(new Unit("column " + (i + 1), cells(cell -> column(cell) == number)));
    }
    for (int i = 0; i < size; i++) {
      int number = i;
      units.add(new Unit("box " + (i + 1), cells(cell -> box(cell) == number)));
    }
    return units;
  }

  private int[] cells(IntPredicate of) {
    return IntStream.range(0, cells()).filter(of).toArray();
  }
}
