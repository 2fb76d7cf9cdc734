package example.sudoku;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MistakesTest {
  private static final Puzzle PUZZLE = Puzzle.parse("the puzzle", "1......22......3");

  private static List<Board> mistakes(Mistakes.Kind kind, Puzzle puzzle) {
    return Mistakes.of(puzzle, kind, 50, new SplittableRandom(1));
  }

  /** Returns the cells that differ from the solution. */
  private static int[] wrong(Board board) {
    return IntStream.range(0, 16)
        .filter(cell -> board.digit(cell) != PUZZLE.solution().digit(cell))
        .toArray();
  }

  @Test
  void aChangedBoardDiffersInOneEmptyCell() {
    assertThat(mistakes(Mistakes.Kind.CHANGED, PUZZLE))
        .hasSize(50)
        .allSatisfy(
            board -> {
              assertThat(wrong(board)).hasSize(1);
              assertThat(PUZZLE.given().digit(wrong(board)[0])).isZero();
              assertThat(board.isSolved()).isFalse();
            });
  }

  @Test
  void aSwappedBoardDiffersInTwoEmptyCellsOfARowThatKeepsItsDigits() {
    assertThat(mistakes(Mistakes.Kind.SWAPPED, PUZZLE))
        .hasSize(50)
        .allSatisfy(
            board -> {
              int[] cells = wrong(board);
              assertThat(cells).hasSize(2);
              assertThat(cells[0] / 4).isEqualTo(cells[1] / 4);
              assertThat(board.digit(cells[0])).isEqualTo(PUZZLE.solution().digit(cells[1]));
              assertThat(PUZZLE.given().digit(cells[0]) + PUZZLE.given().digit(cells[1])).isZero();
            });
  }

  @Test
  void aBoardWithoutEmptyCellsHasNoMistakes() {
    Puzzle solved = new Puzzle(PUZZLE.solution(), PUZZLE.solution(), 0);

    assertThat(mistakes(Mistakes.Kind.CHANGED, solved)).isEmpty();
    assertThat(mistakes(Mistakes.Kind.SWAPPED, solved)).isEmpty();
  }
}
