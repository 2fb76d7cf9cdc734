package example.sudoku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.SettingException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SudokuDatasetTest {
  private static final Layout SIX = Layout.of(6);

  @TempDir Path folder;

  private static SudokuDatasetSettings generated(int puzzles, int symmetries, long seed) {
    return new SudokuDatasetSettings(null, puzzles, 3, null, 20, 24, symmetries, seed);
  }

  private static SudokuDatasetSettings file(Path path, int validation) {
    return new SudokuDatasetSettings(path, null, validation, null, null, null, 1, null);
  }

  private static Board board(Batch batch, boolean solution) {
    int[] digits = new int[36];
    for (int cell = 0; cell < 36; cell++) {
      digits[cell] =
          solution
              ? (int) batch.target().longs()[cell] + 1
              : (int) batch.context().get(SudokuModality.GIVEN).longs()[cell];
    }
    return new Board(SIX, digits);
  }

  @Test
  void everyRowIsAPuzzleWithItsSolutionAndSymmetriesDiffer() {
    Examples rows = new SudokuDataset(generated(2, 5, 1), SIX).training();
    Set<Board> boards = new HashSet<>();

    assertThat(rows.size()).isEqualTo(10);
    for (int row = 0; row < rows.size(); row++) {
      Board given = board(rows.batch(row), false);
      assertThat(Puzzle.of("row " + row, given).solution()).isEqualTo(board(rows.batch(row), true));
      boards.add(given);
    }
    assertThat(boards).hasSize(10);
  }

  @Test
  void theSeedDecidesThePuzzlesAndTheFingerprint() {
    SudokuDataset first = new SudokuDataset(generated(2, 2, 1), SIX);
    SudokuDataset again = new SudokuDataset(generated(2, 2, 1), SIX);
    SudokuDataset other = new SudokuDataset(generated(2, 2, 2), SIX);

    assertThat(again.training().batch(3)).isEqualTo(first.training().batch(3));
    assertThat(again.fingerprint()).isEqualTo(first.fingerprint());
    assertThat(other.fingerprint()).isNotEqualTo(first.fingerprint());
  }

  @Test
  void aFileIsSplitInItsOrderWithoutRepetitions() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    PuzzleGenerator generator = new PuzzleGenerator(SIX, 20, 24);
    List<Puzzle> puzzles = Stream.generate(() -> generator.draw(random)).limit(3).toList();
    Path path =
        Files.writeString(
            folder.resolve("puzzles.txt"), PuzzleFile.write(puzzles) + PuzzleFile.write(puzzles));

    SudokuDataset dataset = new SudokuDataset(file(path, 2), SIX);

    assertThat(dataset.validation().size()).isEqualTo(2);
    assertThat(dataset.training().size()).isEqualTo(1);
    assertThat(board(dataset.training().batch(0), false)).isEqualTo(puzzles.get(2).given());
    assertThat(dataset.description()).contains("puzzles.txt");
    assertThatThrownBy(() -> new SudokuDataset(file(path, 3), SIX))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(
            "leaves no puzzle of " + path + " for training: of 3 different ones 3 are");
    assertThatThrownBy(() -> new SudokuDataset(file(path, 1), Layout.of(9)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("a file of 6 × 6 puzzles; modality.size is 9");
  }

  @Test
  void theNumberOfTrainingPuzzlesAndOfTheirGivenCellsLimitAFile() throws IOException {
    List<Puzzle> puzzles = puzzles(9);
    Path path = Files.writeString(folder.resolve("puzzles.txt"), PuzzleFile.write(puzzles));
    long few = puzzles.stream().skip(1).filter(puzzle -> puzzle.given().given() <= 22).count();

    assertThat(ofFile(path, 7, null, null)).isEqualTo(7);
    assertThat(ofFile(path, 20, null, null)).isEqualTo(8);
    assertThat(few).isBetween(1L, 7L);
    assertThat(ofFile(path, null, null, 22)).isEqualTo((int) few);
    assertThat(ofFile(path, null, 23, null)).isEqualTo(8 - (int) few);
    assertThatThrownBy(() -> ofFile(path, null, 25, null))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith("data.fewestGiven leaves no puzzle of ")
        .hasMessageEndingWith("for training: none of 8 has at least 25 given cells");
    assertThatThrownBy(() -> ofFile(path, null, 25, 20))
        .isInstanceOf(SettingException.class)
        .hasMessageEndingWith("none of 8 has at least 25 and at most 20 given cells");
  }

  private static int ofFile(Path path, Integer puzzles, Integer fewest, Integer most) {
    return new SudokuDataset(
            new SudokuDatasetSettings(path, puzzles, 1, null, fewest, most, 1, null), SIX)
        .training()
        .size();
  }

  @Test
  void aShareOfAFileIsForValidation() throws IOException {
    Path path = Files.writeString(folder.resolve("puzzles.txt"), PuzzleFile.write(puzzles(4)));

    SudokuDataset all =
        new SudokuDataset(
            new SudokuDatasetSettings(path, null, 400, 1.0, null, null, 64, null), SIX);
    SudokuDataset half =
        new SudokuDataset(
            new SudokuDatasetSettings(path, null, null, 0.5, null, null, 1, null), SIX);

    assertThat(all.validation().size()).isEqualTo(4);
    assertThat(all.training().size()).isZero();
    assertThat(half.validation().size()).isEqualTo(2);
    assertThat(half.training().size()).isEqualTo(2);
    assertThatThrownBy(() -> new SudokuDatasetSettings(path, null, null, 1.5, null, null, 1, null))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("more than 0, up to 1");
    assertThatThrownBy(() -> new SudokuDatasetSettings(null, null, null, 0.5, null, null, 1, null))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("data.path names none");
  }

  private static List<Puzzle> puzzles(int count) {
    SplittableRandom random = new SplittableRandom(1);
    PuzzleGenerator generator = new PuzzleGenerator(SIX, 20, 24);
    return Stream.generate(() -> generator.draw(random)).limit(count).toList();
  }

  /** 64 symmetries of 600 puzzles have nearly all solutions of the generator. */
  @Test
  void noRowOfTrainingHasTheSolutionOfAValidationPuzzle() {
    SudokuDataset dataset =
        new SudokuDataset(new SudokuDatasetSettings(null, 600, 300, null, 20, 24, 64, 1L), SIX);
    Set<Board> validation = new HashSet<>();
    for (int row = 0; row < dataset.validation().size(); row++) {
      validation.add(board(dataset.validation().batch(row), true));
    }

    assertThat(dataset.training().size()).isEqualTo(38_400);
    for (int row = 0; row < dataset.training().size(); row++) {
      assertThat(validation).doesNotContain(board(dataset.training().batch(row), true));
    }
  }

  @Test
  void puzzlesOfAFileWithTheSolutionOfAValidationPuzzleAreNotForTraining() throws IOException {
    List<Puzzle> puzzles = puzzles(2);
    Board solution = puzzles.get(0).solution();
    String lines = PuzzleFile.write(puzzles) + solution.with(0, 0).line() + "\n";
    Path path = Files.writeString(folder.resolve("puzzles.txt"), lines);
    Path same =
        Files.writeString(
            folder.resolve("same.txt"),
            PuzzleFile.write(puzzles.subList(0, 1)) + solution.with(0, 0).line());

    SudokuDataset dataset = new SudokuDataset(file(path, 1), SIX);

    assertThat(dataset.training().size()).isEqualTo(1);
    assertThat(board(dataset.training().batch(0), false)).isEqualTo(puzzles.get(1).given());
    assertThatThrownBy(() -> new SudokuDataset(file(same, 1), SIX))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(
            "of 2 different ones 1 are for validation, and the others have the same");
  }

  @Test
  void settingsThatMakeNoPuzzlesAreRefused() {
    assertThatThrownBy(() -> new SudokuSettings(5, null, null, null, null))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("4, 6 or 9");
    assertThatThrownBy(
            () ->
                new SudokuDataset(
                    new SudokuDatasetSettings(null, 1, 1, null, 37, 38, null, null), SIX))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("0 to 36");
    assertThatThrownBy(
            () ->
                new SudokuDataset(
                    new SudokuDatasetSettings(null, 300, 1, null, 16, 16, null, null),
                    Layout.of(4)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("too few different puzzles of 16 to 16 given cells");
  }
}
