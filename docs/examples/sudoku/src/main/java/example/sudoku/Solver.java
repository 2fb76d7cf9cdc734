package example.sudoku;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A backtracking search that always continues at a cell with the fewest possible digits. It stops
 * at the second solution, since a puzzle has exactly one.
 */
final class Solver {
  private final Layout layout;
  private final int[] digits;
  private final int[] rows;
  private final int[] columns;
  private final int[] boxes;
  private final RandomGenerator random;
  private int solutions;
  private int guesses;
  private Board first;

  /**
   * Creates a search.
   *
   * @param random draws the order in which digits are tried; null for the ascending one
   */
  private Solver(Board board, RandomGenerator random) {
    this.random = random;
    this.layout = board.layout();
    this.digits = board.digits();
    this.rows = new int[layout.size()];
    this.columns = new int[layout.size()];
    this.boxes = new int[layout.size()];
    for (int cell = 0; cell < digits.length; cell++) {
      if (digits[cell] > 0) {
        mark(cell, 1 << (digits[cell] - 1));
      }
    }
  }

  /**
   * The result of a search.
   *
   * @param solutions the number of solutions: 0, 1, or 2 for several
   * @param first the first solution, if there is one
   * @param guesses the number of digits that were tried in cells with several possible ones, in the
   *     search of all solutions: 0 for a puzzle that is solved by looking at single cells only
   */
  record Result(int solutions, Optional<Board> first, int guesses) {}

  /** Searches the solutions of a board without conflicts. */
  static Result solve(Board board) {
    Solver solver = new Solver(board, null);
    solver.search(2);
    return new Result(solver.solutions, Optional.ofNullable(solver.first), solver.guesses);
  }

  /** Draws a solved board: the first one of a search that tries digits in random orders. */
  static Board draw(Layout layout, RandomGenerator random) {
    Solver solver = new Solver(new Board(layout, new int[layout.cells()]), random);
    solver.search(1);
    return solver.first;
  }

  private void mark(int cell, int bit) {
    rows[layout.row(cell)] ^= bit;
    columns[layout.column(cell)] ^= bit;
    boxes[layout.box(cell)] ^= bit;
  }

  private int possible(int cell) {
    int used = rows[layout.row(cell)] | columns[layout.column(cell)] | boxes[layout.box(cell)];
    return ~used & ((1 << layout.size()) - 1);
  }

  /** Searches until there are {@code enough} solutions. */
  private void search(int enough) {
    int best = -1;
    int fewest = Integer.MAX_VALUE;
    for (int cell = 0; cell < digits.length && fewest > 1; cell++) {
      if (digits[cell] == 0) {
        int count = Integer.bitCount(possible(cell));
        if (count < fewest) {
          best = cell;
          fewest = count;
        }
      }
    }
    if (best < 0) {
      solutions++;
      if (solutions == 1) {
        first = new Board(layout, digits);
      }
      return;
    }
    for (int digit : order()) {
      int bit = 1 << (digit - 1);
      if ((possible(best) & bit) == 0 || solutions == enough) {
        continue;
      }
      if (fewest > 1) {
        guesses++;
      }
      digits[best] = digit;
      mark(best, bit);
      search(enough);
      mark(best, bit);
      digits[best] = 0;
    }
  }

  private int[] order() {
    int[] order =
        random == null
            ? IntStream.range(0, layout.size()).toArray()
            : Symmetry.permutation(layout.size(), random);
    return Arrays.stream(order).map(digit -> digit + 1).toArray();
  }
}
