package example.sudoku;

import dev.ebt.error.SettingException;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A generator of puzzles with exactly one solution: it empties the cells of a random solved board
 * ({@link Solver#draw}) in a random order, except those without which there would be several
 * solutions, until as many are left as it aims at, a random number from {@code fewest} to {@code
 * most}. A puzzle has more given cells than that if none can be emptied, but not more than {@code
 * most}.
 *
 * @param fewest the least number of given cells
 * @param most the greatest number of given cells
 */
record PuzzleGenerator(Layout layout, int fewest, int most) {
  private static final int TRIES = 1000;

  /**
   * Draws a puzzle.
   *
   * @throws SettingException if none of {@value #TRIES} puzzles has at most {@code most} given
   *     cells
   */
  Puzzle draw(RandomGenerator random) {
    for (int i = 0; i < TRIES; i++) {
      Puzzle puzzle = emptied(random);
      if (puzzle.given().given() <= most) {
        return puzzle;
      }
    }
    throw new SettingException(
        "data.mostGiven",
        String.format(
            Locale.ROOT,
            "is %1$d: none of %2$d random %3$d × %3$d puzzles has one solution with so few given"
                + " cells; a larger number expected",
            most,
            TRIES,
            layout.size()));
  }

  private Puzzle emptied(RandomGenerator random) {
    int aim = random.nextInt(fewest, most + 1);
    Board solution = Solver.draw(layout, random);
    Board given = solution;
    int left = layout.cells();
    for (int cell : Symmetry.permutation(layout.cells(), random)) {
      if (left == aim) {
        break;
      }
      Board fewer = given.with(cell, 0);
      if (Solver.solve(fewer).solutions() == 1) {
        given = fewer;
        left--;
      }
    }
    return new Puzzle(given, solution, Solver.solve(given).guesses());
  }
}
