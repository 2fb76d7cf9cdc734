package example.sudoku;

import dev.ebt.error.UserException;

/**
 * A board with exactly one solution.
 *
 * @param given the board with empty cells
 * @param guesses the difficulty: digits that a backtracking search tries in cells with several
 *     possible ones, until it has shown that there is no other solution
 */
public record Puzzle(Board given, Board solution, int guesses) {
  /**
   * Returns the puzzle of a board.
   *
   * @param source the origin of the board in messages
   * @throws UserException if the board has no solution, or several
   */
  public static Puzzle of(String source, Board given) {
    Solver.Result result = Solver.solve(given);
    if (result.solutions() > 1) {
      throw new UserException(
          source + " has several solutions; a puzzle with exactly one expected");
    }
    return result
        .first()
        .map(solution -> new Puzzle(given, solution, result.guesses()))
        .orElseThrow(
            () ->
                new UserException(source + " has no solution; a puzzle with exactly one expected"));
  }

  /**
   * Reads a puzzle from one line: see {@link Board#parse}.
   *
   * @throws UserException if the line is no puzzle
   */
  public static Puzzle parse(String source, String line) {
    return of(source, Board.parse(source, line));
  }

  /** Returns the layout of the board. */
  public Layout layout() {
    return given.layout();
  }
}
