package example.sudoku;

import dev.ebt.error.UserException;
import dev.ebt.interact.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The usual format of puzzle files: one puzzle in each line, as 16, 36 or 81 characters, row by
 * row, with {@code .} or {@code 0} for empty cells. Empty lines are skipped.
 */
public final class PuzzleFile {
  private PuzzleFile() {}

  /**
   * Reads all puzzles of a file.
   *
   * @throws UserException if there is none, if a line is no puzzle with one solution, or if boards
   *     have different sizes; the message names file and line
   */
  public static List<Puzzle> read(Input file) {
    List<Puzzle> puzzles = new ArrayList<>();
    List<String> lines = file.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty()) {
        puzzles.add(read(file.name() + ", line " + (i + 1) + ":", line, puzzles));
      }
    }
    if (puzzles.isEmpty()) {
      throw new UserException(
          file.name() + " has no puzzle; lines of 16, 36 or 81 characters expected");
    }
    return puzzles;
  }

  private static Puzzle read(String source, String line, List<Puzzle> before) {
    Puzzle puzzle = Puzzle.parse(source + " the puzzle", line);
    if (!before.isEmpty() && !before.get(0).layout().equals(puzzle.layout())) {
      throw new UserException(
          source
              + " the puzzle has "
              + line.length()
              + " cells, and those before it have "
              + before.get(0).layout().cells()
              + "; one size in a file expected");
    }
    return puzzle;
  }

  /** Returns the text of a file of puzzles. */
  public static String write(List<Puzzle> puzzles) {
    return puzzles.stream()
        .map(puzzle -> puzzle.given().line() + "\n")
        .collect(Collectors.joining());
  }
}
