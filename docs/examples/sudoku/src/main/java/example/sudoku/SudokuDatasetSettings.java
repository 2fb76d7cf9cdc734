package example.sudoku;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import java.nio.file.Path;
import java.util.List;

/**
 * Settings of the puzzles.
 *
 * @param path file of puzzles, one in each line; they are generated if there is none (none)
 * @param puzzles number of training puzzles to generate (4000 of 4 × 4, 5600 of 6 × 6, 2000 of 9 ×
 *     9), or the greatest number of a file (all)
 * @param validationPuzzles number of validation puzzles: generated, or the first ones of the file
 *     (400)
 * @param validation share of a file's puzzles for validation, instead of {@code validationPuzzles}:
 *     more than 0, up to 1, which leaves none for training (none)
 * @param fewestGiven the least number of given cells of generated puzzles (4 of 16, 10 of 36, 30 of
 *     81), and of training puzzles of a file (any)
 * @param mostGiven the greatest number of given cells of generated puzzles (8 of 16, 16 of 36, 36
 *     of 81), and of training puzzles of a file (any)
 * @param symmetries number of images of each training puzzle under random symmetries of the board,
 *     itself among them; validation puzzles are left as they are (64)
 * @param seed of everything random (1)
 */
public record SudokuDatasetSettings(
    Path path,
    Integer puzzles,
    Integer validationPuzzles,
    Double validation,
    Integer fewestGiven,
    Integer mostGiven,
    Integer symmetries,
    Long seed) {

  /** Fills in defaults and rejects invalid values. */
  public SudokuDatasetSettings {
    validationPuzzles = requireNonNullElse(validationPuzzles, 400);
    if (validation != null && path == null) {
      throw new SettingException(
          "data.validation",
          "is a share of a file, and data.path names none; data.validationPuzzles expected");
    }
    if (validation != null && !(validation > 0 && validation <= 1)) {
      throw SettingException.of("data.validation", validation, "more than 0, up to 1");
    }
    symmetries = requireNonNullElse(symmetries, 64);
    seed = requireNonNullElse(seed, 1L);
    atLeastOne("puzzles", puzzles);
    atLeastOne("validationPuzzles", validationPuzzles);
    atLeastOne("symmetries", symmetries);
    if (path == null
        && (long) requireNonNullElse(puzzles, 5600) * symmetries > Integer.MAX_VALUE / 2) {
      throw SettingException.of(
          "data.symmetries", symmetries, "at most a billion boards, puzzles times symmetries");
    }
  }

  /** Returns the number of training puzzles to generate. */
  int generated(Layout layout) {
    int cells = layout.cells();
    return requireNonNullElse(puzzles, cells == 16 ? 4000 : cells == 36 ? 5600 : 2000);
  }

  /** Returns the numbers of given cells of training puzzles of a file in words. */
  String givenRange() {
    String least = fewestGiven == null ? "" : "at least " + fewestGiven;
    String most = mostGiven == null ? "" : "at most " + mostGiven;
    return least + (least.isEmpty() || most.isEmpty() ? "" : " and ") + most;
  }

  /** Returns those of a file's puzzles that are for training. */
  List<Puzzle> training(List<Puzzle> ofFile) {
    return ofFile.stream()
        .filter(puzzle -> fewestGiven == null || puzzle.given().given() >= fewestGiven)
        .filter(puzzle -> mostGiven == null || puzzle.given().given() <= mostGiven)
        .limit(requireNonNullElse(puzzles, Integer.MAX_VALUE))
        .toList();
  }

  /** Returns how many of a number of puzzles are for validation. */
  int validationPuzzles(int puzzles) {
    return validation == null
        ? validationPuzzles
        : (int) Math.max(1, Math.round(validation * puzzles));
  }

  private static void atLeastOne(String name, Integer value) {
    if (value != null && value < 1) {
      throw SettingException.of("data." + name, value, "at least 1");
    }
  }

  /**
   * Returns the generator of puzzles.
   *
   * @throws SettingException if there are no such boards
   */
  PuzzleGenerator generator(Layout layout) {
    int cells = layout.cells();
    int fewest = requireNonNullElse(fewestGiven, cells == 16 ? 4 : cells == 36 ? 10 : 30);
    int most =
        requireNonNullElse(mostGiven, Math.max(fewest, cells == 16 ? 8 : cells == 36 ? 16 : 36));
    if (fewest < 0 || fewest > cells) {
      throw SettingException.of("data.fewestGiven", fewest, "0 to " + cells);
    }
    if (most < fewest || most > cells) {
      throw SettingException.of(
          "data.mostGiven", most, "data.fewestGiven, " + fewest + ", to " + cells);
    }
    return new PuzzleGenerator(layout, fewest, most);
  }
}
