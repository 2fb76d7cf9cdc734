package example.sudoku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PuzzleGeneratorTest {
  @ParameterizedTest
  @CsvSource({"4, 4, 5", "6, 8, 10", "9, 22, 24"})
  void puzzlesHaveOneSolutionAndAsManyGivenCellsAsWereAskedFor(int size, int fewest, int most) {
    PuzzleGenerator generator = new PuzzleGenerator(Layout.of(size), fewest, most);
    SplittableRandom random = new SplittableRandom(3);

    for (int i = 0; i < 10; i++) {
      Puzzle puzzle = generator.draw(random);

      assertThat(puzzle.solution().isSolved()).isTrue();
      assertThat(puzzle.given().given()).isBetween(fewest, most);
      assertThat(Puzzle.of("the puzzle", puzzle.given())).isEqualTo(puzzle);
    }
  }

  /** No puzzle of 4 × 4 cells has one solution with fewer than 4 given cells. */
  @Test
  void fewerGivenCellsThanAnyPuzzleHasAreRefused() {
    assertThatThrownBy(() -> new PuzzleGenerator(Layout.of(4), 2, 3).draw(new SplittableRandom(1)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "data.mostGiven is 3: none of 1000 random 4 × 4 puzzles has one solution");
  }

  @Test
  void aSeedDrawsTheSamePuzzlesAgainAndAnotherOneOthers() {
    PuzzleGenerator generator = new PuzzleGenerator(Layout.of(6), 10, 16);

    assertThat(generator.draw(new SplittableRandom(1)))
        .isEqualTo(generator.draw(new SplittableRandom(1)))
        .isNotEqualTo(generator.draw(new SplittableRandom(2)));
  }

  /** Images of one board under its symmetries would be 192 of the 288. */
  @Test
  void everySolvedBoardCanBeDrawn() {
    SplittableRandom random = new SplittableRandom(11);

    assertThat(
            Stream.generate(() -> Solver.draw(Layout.of(4), random))
                .limit(4000)
                .collect(Collectors.toSet()))
        .hasSize(288)
        .allMatch(Board::isSolved);
  }

  @Test
  void fewerGivenCellsNeedMoreGuesses() {
    assertThat(guesses(24, 26)).isGreaterThan(guesses(40, 44));
  }

  private static double guesses(int fewest, int most) {
    PuzzleGenerator generator = new PuzzleGenerator(Layout.of(9), fewest, most);
    SplittableRandom random = new SplittableRandom(5);
    return IntStream.range(0, 30).map(i -> generator.draw(random).guesses()).average().orElse(0);
  }

  @Test
  void theProgramPrintsPuzzlesAndRefusesOtherArguments() {
    assertThat(GeneratePuzzles.generate("6", "3", "10", "16", "1"))
        .hasSize(3)
        .allSatisfy(puzzle -> assertThat(puzzle.given().given()).isBetween(10, 16));
    assertThatThrownBy(() -> GeneratePuzzles.generate("6", "3"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("GeneratePuzzles SIZE COUNT FEWEST MOST SEED expected");
    assertThatThrownBy(() -> GeneratePuzzles.generate("5", "3", "10", "16", "1"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the size is 5");
    assertThatThrownBy(() -> GeneratePuzzles.generate("6", "3", "10", "37", "1"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("37");
    assertThatThrownBy(() -> GeneratePuzzles.generate("6", "3", "ten", "16", "1"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("'ten' is no number");
  }

  @Test
  void symmetriesMapPuzzlesToPuzzles() {
    SplittableRandom random = new SplittableRandom(7);
    for (int size : List.of(4, 6, 9)) {
      Puzzle puzzle =
          new PuzzleGenerator(Layout.of(size), size * size / 2, size * size / 2).draw(random);
      for (int i = 0; i < 10; i++) {
        Symmetry symmetry = Symmetry.draw(puzzle.layout(), random);
        Puzzle image = Puzzle.of("its image", symmetry.of(puzzle.given()));

        assertThat(image.solution()).isEqualTo(symmetry.of(puzzle.solution()));
        assertThat(image.given().given()).isEqualTo(puzzle.given().given());
      }
    }
  }
}
