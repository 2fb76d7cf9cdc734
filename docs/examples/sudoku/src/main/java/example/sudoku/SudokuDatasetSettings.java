package example.sudoku;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import java.nio.file.Path;

/**
 * Settings of the puzzles.
 *
 * @param path file of puzzles, one in each line; they are generated if there is none (none)
 * @param puzzles number of generated training puzzles (5600)
 * @param validationPuzzles number of validation puzzles: generated, or the first ones of the file
 *     (400)
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
    Integer fewestGiven,
    Integer mostGiven,
    Integer symmetries,
    Long seed) {

  /** Fills in defaults and rejects invalid values. */
  public SudokuDatasetSettings {
    if (path != null && (puzzles != null || fewestGiven != null || mostGiven != null)) {
      throw new SettingException(
          "data.path",
          "is a file of puzzles, so that data.puzzles, data.fewestGiven and data.mostGiven have no"
              + " effect; leave them out");
    }
    if (path == null) {
      puzzles = requireNonNullElse(puzzles, 5600);
    }
    validationPuzzles = requireNonNullElse(validationPuzzles, 400);
    symmetries = requireNonNullElse(symmetries, 64);
    seed = requireNonNullElse(seed, 1L);
    atLeastOne("puzzles", puzzles);
    atLeastOne("validationPuzzles", validationPuzzles);
    atLeastOne("symmetries", symmetries);
    if (puzzles != null && (long) puzzles * symmetries > Integer.MAX_VALUE / 2) {
      throw SettingException.of(
          "data.symmetries", symmetries, "at most a billion boards, puzzles times symmetries");
    }
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
