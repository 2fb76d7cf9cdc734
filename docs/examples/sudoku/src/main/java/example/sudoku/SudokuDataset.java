package example.sudoku;

import dev.ebt.error.SettingException;
import dev.ebt.interact.Input;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.store.Sha256;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Puzzles of a file, or generated ones. The first are for validation, and no row of training has a
 * solution of theirs. For 4 × 4 boards, of which there are only 288 solved ones, just the puzzles
 * differ: nearly every validation solution is also that of a training puzzle with other given
 * cells. Each training puzzle also stands for images of it under symmetries of the board, which are
 * computed when a row is read: a row is a function of the settings and its number.
 */
public final class SudokuDataset implements Dataset {
  private final SudokuDatasetSettings settings;
  private final Layout layout;
  private final List<Puzzle> training;
  private final List<Puzzle> validation;
  private final HeldOutBoards heldOut;

  /**
   * Reads or generates the puzzles.
   *
   * @throws dev.ebt.error.UserException if a file has no puzzles, too few, or puzzles of another
   *     size
   */
  public SudokuDataset(SudokuDatasetSettings settings, Layout layout) {
    this.settings = settings;
    this.layout = layout;
    List<Puzzle> all = settings.path() == null ? generated() : read();
    int split = settings.validationPuzzles(all.size());
    this.validation = List.copyOf(all.subList(0, Math.min(split, all.size())));
    this.heldOut = HeldOutBoards.of(validation);
    List<Puzzle> others = all.stream().skip(split).filter(heldOut::allow).toList();
    this.training = settings.path() == null ? others : settings.training(others);
    boolean onlyValidation = settings.validation() != null && settings.validation() == 1;
    if (training.isEmpty() && !others.isEmpty()) {
      throw new SettingException(
          settings.fewestGiven() == null ? "data.mostGiven" : "data.fewestGiven",
          String.format(
              Locale.ROOT,
              "leaves no puzzle of %s for training: none of %,d has %s given cells",
              settings.path(),
              others.size(),
              settings.givenRange()));
    }
    if (training.isEmpty() && !onlyValidation) {
      throw new SettingException(
          settings.validation() == null ? "data.validationPuzzles" : "data.validation",
          String.format(
              Locale.ROOT,
              "leaves no puzzle of %s for training: of %,d different ones %,d are for validation%s",
              settings.path(),
              all.size(),
              validation.size(),
              split == all.size() ? "" : ", and the others have the same solutions"));
    }
  }

  private List<Puzzle> generated() {
    PuzzleGenerator generator = settings.generator(layout);
    int split = settings.validationPuzzles();
    int count = split + settings.generated(layout);
    SplittableRandom random = new SplittableRandom(settings.seed());
    Set<Board> known = new HashSet<>();
    HeldOutBoards validationBoards = HeldOutBoards.of(List.of());
    List<Puzzle> puzzles = new ArrayList<>();
    for (int drawn = 0; puzzles.size() < count; drawn++) {
      if (drawn > 100 * count) {
        throw new SettingException(
            "data.puzzles",
            String.format(
                Locale.ROOT,
                "is %d: there are too few different puzzles of %d to %d given cells",
                settings.generated(layout),
                generator.fewest(),
                generator.most()));
      }
      Puzzle puzzle = generator.draw(random);
      if (validationBoards.allow(puzzle) && known.add(puzzle.given())) {
        puzzles.add(puzzle);
        if (puzzles.size() == split) {
          validationBoards = HeldOutBoards.of(puzzles);
        }
      }
    }
    return puzzles;
  }

  private List<Puzzle> read() {
    List<Puzzle> puzzles = PuzzleFile.read(Input.of(settings.path()));
    Layout found = puzzles.get(0).layout();
    if (!found.equals(layout)) {
      throw new SettingException(
          "data.path",
          String.format(
              Locale.ROOT,
              "is %s, a file of %2$d × %2$d puzzles; modality.size is %3$d",
              settings.path(),
              found.size(),
              layout.size()));
    }
    return puzzles.stream().distinct().toList();
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "%s: %,d puzzles for training%s, and %,d for validation, with %.1f given cells and %.1f"
            + " guesses on average",
        settings.path() == null
            ? String.format(Locale.ROOT, "generated %1$d × %1$d Sudoku", layout.size())
            : settings.path(),
        training.size(),
        settings.symmetries() == 1
            ? ""
            : String.format(Locale.ROOT, ", each in %,d symmetries", settings.symmetries()),
        validation.size(),
        validation.stream().mapToInt(puzzle -> puzzle.given().given()).average().orElse(0),
        validation.stream().mapToInt(Puzzle::guesses).average().orElse(0));
  }

  @Override
  public String fingerprint() {
    return String.format(
        Locale.ROOT,
        "sudoku 2 %d %d %d %s %s",
        settings.seed(),
        settings.symmetries(),
        validation.size(),
        Sha256.of(PuzzleFile.write(training)),
        Sha256.of(PuzzleFile.write(validation)));
  }

  @Override
  public Examples training() {
    return new Rows(training, settings.symmetries());
  }

  @Override
  public Examples validation() {
    return new Rows(validation, 1);
  }

  /** Row i is puzzle i mod n, under a symmetry that depends on i; under none for i below n. */
  private final class Rows implements Examples {
    private final List<Puzzle> puzzles;
    private final int symmetries;

    Rows(List<Puzzle> puzzles, int symmetries) {
      this.puzzles = puzzles;
      this.symmetries = symmetries;
    }

    @Override
    public int size() {
      return puzzles.size() * symmetries;
    }

    @Override
    public Batch batch(int... rows) {
      List<Board> given = new ArrayList<>();
      List<Board> solutions = new ArrayList<>();
      for (int row : rows) {
        Puzzle puzzle = puzzles.get(row % puzzles.size());
        if (row < puzzles.size()) {
          given.add(puzzle.given());
          solutions.add(puzzle.solution());
        } else {
          Puzzle image =
              heldOut.image(puzzle, new SplittableRandom(settings.seed() * 0x9E3779B9L + row));
          given.add(image.given());
          solutions.add(image.solution());
        }
      }
      return new Batch(context(given), target(solutions), Array.filled(Shape.of(rows.length), 1));
    }
  }

  /** Converts boards of one layout to the context of a model, one row each. */
  static Map<String, Array> context(List<Board> given) {
    return Map.of(SudokuModality.GIVEN, digits(given, 0));
  }

  /** Converts solved boards of one layout to the targets of a model, one row each. */
  static Array target(List<Board> solutions) {
    return digits(solutions, -1);
  }

  /** Returns the digits of boards plus a number, [rows, cells]. */
  private static Array digits(List<Board> boards, int plus) {
    int cells = boards.get(0).layout().cells();
    long[] digits = new long[boards.size() * cells];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = boards.get(i / cells).digit(i % cells) + plus;
    }
    return Array.of(Shape.of(boards.size(), cells), digits);
  }
}
