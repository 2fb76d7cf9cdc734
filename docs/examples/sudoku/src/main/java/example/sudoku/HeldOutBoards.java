package example.sudoku;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The boards of validation puzzles that no row of training may have: their solutions; for 4 × 4
 * boards, which have too few solutions for that, the puzzles themselves.
 */
final class HeldOutBoards {
  private static final int TRIES = 100;

  private final Function<Puzzle, Board> board;
  private final Set<Board> boards;

  private HeldOutBoards(Function<Puzzle, Board> board, Set<Board> boards) {
    this.board = board;
    this.boards = boards;
  }

  /** Returns the boards of validation puzzles, which have one layout. */
  static HeldOutBoards of(List<Puzzle> validation) {
    Function<Puzzle, Board> board =
        !validation.isEmpty() && validation.get(0).layout().size() == 4
            ? Puzzle::given
            : Puzzle::solution;
    return new HeldOutBoards(
        board, validation.stream().map(board).collect(Collectors.toUnmodifiableSet()));
  }

  /** Returns whether a puzzle may be a row of training. */
  boolean allow(Puzzle puzzle) {
    return !boards.contains(board.apply(puzzle));
  }

  /**
   * Returns the image of an allowed puzzle under a random symmetry; the puzzle itself if none of
   * {@value #TRIES} images is allowed.
   */
  Puzzle image(Puzzle puzzle, RandomGenerator random) {
    for (int i = 0; i < TRIES; i++) {
      Symmetry symmetry = Symmetry.draw(puzzle.layout(), random);
      Puzzle image =
          new Puzzle(symmetry.of(puzzle.given()), symmetry.of(puzzle.solution()), puzzle.guesses());
      if (allow(image)) {
        return image;
      }
    }
    return puzzle;
  }
}
