package example.sudoku;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import java.nio.file.Path;

/**
 * Settings of the puzzles.
 *
 * @param path file of puzzles, one in each line; they are generated if there is none. With a file
 *     {@code puzzles}, {@code fewestGiven} and {@code mostGiven} have no effect (none)
 * @param puzzles number of generated training puzzles (5600)
 * @param validationPuzzles number of validation puzzles: generated, or the first ones of the file
 *     (400)
 * @param validation share of a file's puzzles for validation, instead of {@code validationPuzzles}:
 *     more than 0, up to 1, which leaves none for training (none)
 * @param fewestGiven the least number of given cells of generated puzzles (4 of 16, 10 of 36, 30 of
 *     81)
 * @param mostGiven the greatest number of given cells of generated puzzles (8 of 16, 16 of 36, 36
 *     of 81)
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
    if (path == null && (long) generated(puzzles) * symmetries > Integer.MAX_VALUE / 2) {
      throw SettingException.of(
          "data.symmetries", symmetries, "at most a billion boards, puzzles times symmetries");
    }
  }

  /** Returns the number of training puzzles to generate. */
  int generated() {
    return generated(puzzles);
  }

  private static int generated(Integer puzzles) {
    return requireNonNullElse(puzzles, 5600);
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
