package example.sudoku;

import dev.ebt.error.UserException;
import java.util.Arrays;
import java.util.Optional;

/** An immutable board, filled or with empty cells. */
public final class Board {
  private final Layout layout;
  private final int[] digits;

  /**
   * Creates a board.
   *
   * @param digits 1 to N, or 0 for an empty cell, row by row
   */
  public Board(Layout layout, int... digits) {
    if (digits.length != layout.cells()) {
      throw new IllegalArgumentException(
          digits.length + " digits for a board of " + layout.cells() + " cells");
    }
    this.layout = layout;
    this.digits = digits.clone();
  }

  /**
   * Reads a board from one line: a digit for each cell, row by row, and {@code .} or {@code 0} for
   * an empty one.
   *
   * @param source the origin of the line in messages, such as {@code --puzzle}
   * @throws UserException if the line has another length or another character, or if a row, column
   *     or box has two equal digits
   */
  public static Board parse(String source, String line) {
    Layout layout = Layout.ofCells(source, line.codePointCount(0, line.length()));
    int[] digits = new int[layout.cells()];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = digit(source, line.charAt(i), i, layout.size());
    }
    Board board = new Board(layout, digits);
    board
        .conflict()
        .ifPresent(
            conflict -> {
              throw new UserException(source + " has " + conflict);
            });
    return board;
  }

  private static int digit(String source, char character, int index, int size) {
    if (character == '.') {
      return 0;
    }
    if (character < '0' || character > '0' + size) {
      throw new UserException(
          source
              + " has '"
              + character
              + "' as character "
              + (index + 1)
              + "; a digit from 1 to "
              + size
              + ", or . or 0 for an empty cell expected");
    }
    return character - '0';
  }

  /** Returns the layout. */
  public Layout layout() {
    return layout;
  }

  /** Returns the digit of a cell, or 0 if it is empty. */
  public int digit(int cell) {
    return digits[cell];
  }

  /** Returns the digits of all cells, 0 for empty ones. */
  int[] digits() {
    return digits.clone();
  }

  /** Returns this board with another digit in a cell; 0 empties it. */
  Board with(int cell, int digit) {
    int[] changed = digits.clone();
    changed[cell] = digit;
    return new Board(layout, changed);
  }

  /** Returns the number of cells that are not empty. */
  public int given() {
    return (int) Arrays.stream(digits).filter(digit -> digit > 0).count();
  }

  /** Returns the first pair of equal digits in a unit, in words; empty if there is none. */
  Optional<String> conflict() {
    for (Layout.Unit unit : layout.units()) {
      int seen = 0;
      for (int cell : unit.cells()) {
        int bit = 1 << digits[cell];
        if (digits[cell] > 0 && (seen & bit) != 0) {
          return Optional.of("the digit " + digits[cell] + " twice in " + unit.name());
        }
        seen |= bit;
      }
    }
    return Optional.empty();
  }

  /** Returns whether every cell has a digit, and no unit has one twice. */
  public boolean isSolved() {
    return given() == layout.cells() && conflict().isEmpty();
  }

  /** Returns the board as one line, with {@code .} for an empty cell. */
  public String line() {
    StringBuilder line = new StringBuilder();
    for (int digit : digits) {
      line.append(digit == 0 ? "." : String.valueOf((char) ('0' + digit)));
    }
    return line.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Board board
        && layout.equals(board.layout)
        && Arrays.equals(digits, board.digits);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digits);
  }

  @Override
  public String toString() {
    return line();
  }
}
