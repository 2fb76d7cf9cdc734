package example.sudoku;

import dev.ebt.tensor.Array;
import java.util.Arrays;

/**
 * A drawing of a board that is being thought about. A given digit stands alone, a predicted one is
 * followed by {@code ?} while it is uncertain, and by {@code !} where an equal digit stands in its
 * row, column or box.
 *
 * @param given the puzzle
 * @param beliefs the most likely digit of each cell
 */
record BoardDrawing(Board given, CellBelief[] beliefs) {
  /** A digit is uncertain below this probability. */
  static final double CERTAIN = 0.9;

  /**
   * Returns the drawing of a candidate.
   *
   * @param logits [cells, N]
   */
  static BoardDrawing of(Board given, Array logits) {
    CellBelief[] beliefs = new CellBelief[given.layout().cells()];
    Arrays.setAll(beliefs, cell -> CellBelief.of(logits, cell, given.layout().size()));
    return new BoardDrawing(given, beliefs);
  }

  /** Returns the board of the most likely digits. */
  Board board() {
    return new Board(given.layout(), Arrays.stream(beliefs).mapToInt(CellBelief::digit).toArray());
  }

  /** Returns the number of uncertain cells. */
  int uncertain() {
    return (int) Arrays.stream(beliefs).filter(belief -> belief.probability() < CERTAIN).count();
  }

  /** Returns the number of digits too many in rows, columns and boxes. */
  int violations() {
    int violations = 0;
    for (Layout.Unit unit : given.layout().units()) {
      long different =
          Arrays.stream(unit.cells()).map(cell -> beliefs[cell].digit()).distinct().count();
      violations += unit.cells().length - (int) different;
    }
    return violations;
  }

  /** Returns the board as lines of text with lines between its boxes. */
  String text() {
    Layout layout = given.layout();
    String rule =
        ("+" + "-".repeat(3 * layout.boxWidth() + 1)).repeat(layout.size() / layout.boxWidth())
            + "+";
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < layout.size(); row++) {
      if (row % layout.boxHeight() == 0) {
        text.append(rule).append('\n');
      }
      for (int column = 0; column < layout.size(); column++) {
        text.append(column % layout.boxWidth() == 0 ? "| " : "");
        int cell = row * layout.size() + column;
        text.append(beliefs[cell].digit()).append(mark(cell)).append(' ');
      }
      text.append("|\n");
    }
    return text.append(rule).toString();
  }

  /**
   * Returns the mark of a cell: {@code !} where an equal digit stands in its row, column or box,
   * else {@code ?} where it is uncertain; a space for a given or a certain one.
   */
  char mark(int cell) {
    if (given.digit(cell) > 0) {
      return ' ';
    }
    if (clashes(cell)) {
      return '!';
    }
    return beliefs[cell].probability() < CERTAIN ? '?' : ' ';
  }

  private boolean clashes(int cell) {
    Layout layout = given.layout();
    for (int other = 0; other < beliefs.length; other++) {
      boolean together =
          layout.row(cell) == layout.row(other)
              || layout.column(cell) == layout.column(other)
              || layout.box(cell) == layout.box(other);
      if (other != cell && together && beliefs[cell].digit() == beliefs[other].digit()) {
        return true;
      }
    }
    return false;
  }
}
