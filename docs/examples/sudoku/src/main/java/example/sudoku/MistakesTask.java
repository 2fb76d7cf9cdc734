package example.sudoku;

import dev.ebt.error.UserException;
import dev.ebt.interact.EvaluationTask;
import dev.ebt.interact.Input;
import dev.ebt.interact.TaskReader;
import dev.ebt.interact.TaskResults;
import dev.ebt.modality.Modality;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.TargetEnergies;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * The task {@code eval RUN --task sudoku-mistakes=FILE}: how often a board with one changed cell,
 * or with two swapped ones, has a lower energy than the solution. Boards are compared as they are,
 * without thinking, so that numbers of steps have no effect.
 *
 * @param file the file, as the user named it
 */
public record MistakesTask(Path file, List<Puzzle> puzzles) implements EvaluationTask {
  private static final String NAME = "sudoku-mistakes";

  /** Mistakes of each kind per puzzle. */
  private static final int COUNT = 10;

  private static final double NANOS = 1e9;

  /** Reads the files of the task. */
  public record Reader() implements TaskReader {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String summary() {
      return "a file of Sudoku puzzles, whose solutions are compared with wrong boards";
    }

    @Override
    public EvaluationTask read(Path file) {
      return new MistakesTask(file, PuzzleFile.read(Input.of(file)));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "%s: the solutions of %,d puzzles of %s, each against %d boards with a changed cell and %d"
            + " with two swapped ones",
        NAME,
        puzzles.size(),
        file,
        COUNT,
        COUNT);
  }

  @Override
  public int size() {
    return puzzles.size();
  }

  @Override
  public String subject() {
    return "Sudoku puzzles";
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof SudokuModality sudoku
        && sudoku.settings().layout().equals(puzzles.get(0).layout());
  }

  @Override
  public EvaluationTask limited(int limit) {
    return new MistakesTask(file, puzzles.subList(0, Math.min(limit, puzzles.size())));
  }

  @Override
  public TaskResults evaluate(
      RunParts model, ComputeBudgets budgets, int rowsPerBatch, boolean generate) {
    long begun = System.nanoTime();
    Map<String, Double> metrics = new LinkedHashMap<>();
    int rows = 1 + 2 * COUNT;
    try (TargetEnergies energies =
        model
            .targetEnergies(rows)
            .orElseThrow(
                () ->
                    new UserException(
                        "task " + NAME + " compares energies, and this model has none"))) {
      Map<Mistakes.Kind, int[]> counts = new LinkedHashMap<>();
      for (int i = 0; i < puzzles.size(); i++) {
        compare(energies, puzzles.get(i), new SplittableRandom(i), counts);
      }
      counts.forEach(
          (kind, lower) -> metrics.put(kind.metric(), (double) lower[0] / Math.max(1, lower[1])));
    }
    metrics.put("seconds", (System.nanoTime() - begun) / NANOS);
    return new TaskResults(
        List.of(new TaskResults.Result(0, 1, 1, metrics, Map.of())),
        OptionalDouble.empty(),
        Optional.empty());
  }

  /** Adds, per kind, how many mistakes of a puzzle have a lower energy, and how many there are. */
  private static void compare(
      TargetEnergies energies,
      Puzzle puzzle,
      SplittableRandom random,
      Map<Mistakes.Kind, int[]> counts) {
    List<Board> boards = new ArrayList<>(List.of(puzzle.solution()));
    List<Mistakes.Kind> kinds = new ArrayList<>();
    for (Mistakes.Kind kind : Mistakes.Kind.values()) {
      for (Board board : Mistakes.of(puzzle, kind, COUNT, random)) {
        boards.add(board);
        kinds.add(kind);
      }
    }
    while (boards.size() <= 2 * COUNT) {
      boards.add(puzzle.solution());
    }
    Array energy =
        energies.of(
            SudokuDataset.context(Collections.nCopies(boards.size(), puzzle.given())),
            SudokuDataset.target(boards));
    for (int i = 0; i < kinds.size(); i++) {
      int[] count = counts.computeIfAbsent(kinds.get(i), kind -> new int[2]);
      boolean higher = energy.real(i + 1) >= energy.real(0);
      count[0] += higher ? 0 : 1; // An energy that is not a number is no higher one.
      count[1]++;
    }
  }
}
