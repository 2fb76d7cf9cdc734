package example.sudoku;

import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A program that prints generated puzzles, one in each line: {@code GeneratePuzzles SIZE COUNT
 * FEWEST MOST SEED}.
 */
public final class GeneratePuzzles {
  private static final String USAGE =
      "GeneratePuzzles SIZE COUNT FEWEST MOST SEED expected, such as 6 100 10 16 1: 100 puzzles of 6"
          + " × 6 cells with 10 to 16 given ones";

  private GeneratePuzzles() {}

  /** Prints the puzzles, or what is wrong with the arguments. */
  public static void main(String[] arguments) {
    try {
      System.out.print(PuzzleFile.write(generate(arguments)));
    } catch (UserException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  /**
   * Returns puzzles.
   *
   * @throws UserException if there are not five numbers, or there is no such board
   */
  static List<Puzzle> generate(String... arguments) {
    if (arguments.length != 5) {
      throw new UserException(USAGE);
    }
    int size = number(arguments[0]);
    int count = number(arguments[1]);
    if (!Layout.exists(size) || count < 1) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "the size is %d and the count %d; 4, 6 or 9 and at least 1 expected",
              size,
              count));
    }
    int fewest = number(arguments[2]);
    int most = number(arguments[3]);
    SplittableRandom random = new SplittableRandom(number(arguments[4]));
    List<Puzzle> puzzles = new ArrayList<>();
    try {
      PuzzleGenerator generator =
          new SudokuDatasetSettings(null, null, null, null, fewest, most, null, null)
              .generator(Layout.of(size));
      for (int i = 0; i < count; i++) {
        puzzles.add(generator.draw(random));
      }
      return puzzles;
    } catch (SettingException e) {
      throw new UserException("FEWEST and MOST are the numbers of given cells: " + e.getMessage());
    }
  }

  private static int number(String argument) {
    try {
      return Integer.parseInt(argument);
    } catch (NumberFormatException e) {
      throw new UserException("'" + argument + "' is no number; " + USAGE, e);
    }
  }
}
