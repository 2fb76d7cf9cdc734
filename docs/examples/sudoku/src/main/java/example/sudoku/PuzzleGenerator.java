package example.sudoku;

import java.util.random.RandomGenerator;

/**
 * A generator of puzzles with exactly one solution: it empties the cells of a random solved board
 * in a random order, except those without which there would be several solutions.
 *
 * @param fewest the least number of given cells; a puzzle has more if none can be emptied
 * @param most the greatest number of given cells to aim at; each number from {@code fewest} on is
 *     equally likely
 */
record PuzzleGenerator(Layout layout, int fewest, int most) {
  /** Draws a puzzle. */
  Puzzle draw(RandomGenerator random) {
    int aim = random.nextInt(fewest, most + 1);
    Board solution = Symmetry.draw(layout, random).of(layout.solved());
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
