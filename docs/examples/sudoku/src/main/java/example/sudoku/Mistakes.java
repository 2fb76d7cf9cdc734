package example.sudoku;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Wrong boards that differ from the solution of a puzzle in one or two cells. */
final class Mistakes {
  private Mistakes() {}

  /** A kind of mistake. */
  enum Kind {
    /** An empty cell has another digit. */
    CHANGED("changedLower"),
    /** Two empty cells of a row have exchanged their digits, so that the row is still right. */
    SWAPPED("swappedLower");

    private final String metric;

    Kind(String metric) {
      this.metric = metric;
    }

    /** Returns the name of the share of mistakes with a lower energy than the solution. */
    String metric() {
      return metric;
    }
  }

  /**
   * Returns solutions with a mistake in one or two of the empty cells of a puzzle.
   *
   * @return {@code count} boards; none for a swap if no row has two empty cells
   */
  static List<Board> of(Puzzle puzzle, Kind kind, int count, RandomGenerator random) {
    int[] empty = empty(puzzle);
    List<int[]> pairs = pairs(puzzle.layout(), empty);
    List<Board> boards = new ArrayList<>();
    if (kind == Kind.SWAPPED ? pairs.isEmpty() : empty.length == 0) {
      return boards;
    }
    for (int i = 0; i < count; i++) {
      if (kind == Kind.CHANGED) {
        int cell = empty[random.nextInt(empty.length)];
        int size = puzzle.layout().size();
        int other = (puzzle.solution().digit(cell) + random.nextInt(size - 1)) % size + 1;
        boards.add(puzzle.solution().with(cell, other));
      } else {
        int[] pair = pairs.get(random.nextInt(pairs.size()));
        Board solution = puzzle.solution();
        boards.add(
            solution.with(pair[0], solution.digit(pair[1])).with(pair[1], solution.digit(pair[0])));
      }
    }
    return boards;
  }

  private static int[] empty(Puzzle puzzle) {
    return IntStream.range(0, puzzle.layout().cells())
        .filter(cell -> puzzle.given().digit(cell) == 0)
        .toArray();
  }

  /** Returns the pairs of empty cells of a row. */
  private static List<int[]> pairs(Layout layout, int... empty) {
    List<int[]> pairs = new ArrayList<>();
    for (int one : empty) {
      for (int other : empty) {
        if (one < other && layout.row(one) == layout.row(other)) {
          pairs.add(new int[] {one, other});
        }
      }
    }
    return pairs;
  }
}
