package example.sudoku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.interact.Input;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PuzzleFileTest {
  /** A published puzzle of 17 given cells (Gordon Royle's list). */
  private static final String HARD =
      "000000010400000000020000000000050407008000300001090000300400200050100000000806000";

  private static final String SMALL = "1......22......3";

  private static List<Puzzle> read(String text) {
    return PuzzleFile.read(Input.of("puzzles.txt", text));
  }

  @Test
  void aPublishedPuzzleIsReadWithItsSolution() {
    Puzzle puzzle = read(HARD + "\n").get(0);

    assertThat(puzzle.given().given()).isEqualTo(17);
    assertThat(puzzle.solution().line())
        .isEqualTo(
            "693784512487512936125963874932651487568247391741398625319475268856129743274836159");
    assertThat(puzzle.guesses()).isPositive();
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    List<Puzzle> puzzles = read(SMALL + "\r\n\n" + SMALL.replace('.', '0'));

    assertThat(puzzles).hasSize(2);
    assertThat(puzzles.get(0)).isEqualTo(puzzles.get(1));
    assertThat(read(PuzzleFile.write(puzzles))).isEqualTo(puzzles);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1......22......   | the puzzle has 15 characters; 16 (4 × 4), 36 (6 × 6) or 81 (9 × 9)",
        "1.5....22......3   | the puzzle has '5' as character 3; a digit from 1 to 4",
        "11.....22......3   | the puzzle has the digit 1 twice in row 1",
        "1...1............. | the puzzle has 18 characters",
        "1...1...........   | the puzzle has the digit 1 twice in column 1",
        "1....1..........   | the puzzle has the digit 1 twice in box 1",
        "1...............   | the puzzle has several solutions; a puzzle with exactly one expected",
        "1234........4...   | the puzzle has several solutions",
        "123....4........   | the puzzle has no solution; a puzzle with exactly one expected"
      })
  void aLineThatIsNoPuzzleIsRefusedWithItsNumber(String line, String message) {
    assertThatThrownBy(() -> read(SMALL + "\n" + line))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("puzzles.txt, line 2: " + message);
  }

  @Test
  void anEmptyFileAndDifferentSizesAreRefused() {
    assertThatThrownBy(() -> read("\n \n"))
        .isInstanceOf(UserException.class)
        .hasMessage("puzzles.txt has no puzzle; lines of 16, 36 or 81 characters expected");
    assertThatThrownBy(() -> read(SMALL + "\n" + HARD))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("line 2: the puzzle has 81 cells, and those before it have 16");
  }
}
