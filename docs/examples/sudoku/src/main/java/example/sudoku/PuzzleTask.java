package example.sudoku;

import dev.ebt.interact.EvaluationTask;
import dev.ebt.interact.Input;
import dev.ebt.interact.TaskReader;
import dev.ebt.interact.TaskResults;
import dev.ebt.modality.Modality;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The task {@code eval RUN --task sudoku-puzzles=FILE}: the share of a file's puzzles that are
 * solved at each compute budget, all of them and by difficulty. With several candidates also {@code
 * average}, the mean share of them that are right, and {@code wrongLower}, how often the wrong one
 * of a right and a wrong candidate has the lower score.
 *
 * @param file the file, as the user named it
 */
public record PuzzleTask(Path file, List<Puzzle> puzzles) implements EvaluationTask {
  private static final String NAME = "sudoku-puzzles";
  private static final double NANOS = 1e9;

  /** Puzzles of similar difficulty: those from a number of guesses to another. */
  private record Difficulty(String name, int fewest, int most) {
    boolean has(Puzzle puzzle) {
      return puzzle.guesses() >= fewest && puzzle.guesses() <= most;
    }
  }

  private static final List<Difficulty> DIFFICULTIES =
      List.of(
          new Difficulty("solved", 0, Integer.MAX_VALUE),
          new Difficulty("noGuess", 0, 0),
          new Difficulty("upTo9Guesses", 1, 9),
          new Difficulty("10GuessesOrMore", 10, Integer.MAX_VALUE));

  /** Reads the files of the task. */
  public record Reader() implements TaskReader {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String summary() {
      return "a file with one Sudoku puzzle in each line";
    }

    @Override
    public EvaluationTask read(Path file) {
      return new PuzzleTask(file, PuzzleFile.read(Input.of(file)));
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
        "%s: %,d puzzles of %s, %,d of them without a guess, %,d with 10 or more",
        NAME,
        puzzles.size(),
        file,
        puzzles.stream().filter(DIFFICULTIES.get(1)::has).count(),
        puzzles.stream().filter(DIFFICULTIES.get(3)::has).count());
  }

  @Override
  public int size() {
    return puzzles.size();
  }

  @Override
  public String subject() {
    return "Sudoku puzzles";
  }

  /** Returns whether boards are as large as those of the file. */
  @Override
  public boolean supports(Modality modality) {
    return modality instanceof SudokuModality sudoku
        && sudoku.settings().layout().equals(puzzles.get(0).layout());
  }

  @Override
  public EvaluationTask limited(int limit) {
    return new PuzzleTask(file, puzzles.subList(0, Math.min(limit, puzzles.size())));
  }

  @Override
  public TaskResults evaluate(
      RunParts model, ComputeBudgets budgets, int rowsPerBatch, boolean generate) {
    Attempts attempts = new Attempts(budgets, puzzles);
    try (Predictor predictor = model.predictor(rowsPerBatch)) {
      for (int from = 0; from < puzzles.size(); from += rowsPerBatch) {
        predictor.observe(SudokuDataset.context(given(from, rowsPerBatch)));
        attempts.add(predictor, from, model.configuration().seed());
      }
      return new TaskResults(
          results(attempts, budgets, predictor), OptionalDouble.empty(), Optional.empty());
    }
  }

  /** Returns as many boards as rows; the last puzzle again where there are no more. */
  private List<Board> given(int from, int rows) {
    List<Board> boards = new ArrayList<>();
    puzzles
        .subList(from, Math.min(from + rows, puzzles.size()))
        .forEach(p -> boards.add(p.given()));
    boards.addAll(Collections.nCopies(rows - boards.size(), boards.get(boards.size() - 1)));
    return boards;
  }

  private List<TaskResults.Result> results(
      Attempts attempts, ComputeBudgets budgets, Predictor predictor) {
    List<TaskResults.Result> results = new ArrayList<>();
    for (int steps : budgets.steps()) {
      for (int candidates : budgets.candidates()) {
        boolean[] solved = attempts.solved(steps, candidates);
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (Difficulty difficulty : DIFFICULTIES) {
          share(difficulty, solved).ifPresent(share -> metrics.put(difficulty.name(), share));
        }
        if (candidates > 1) {
          metrics.put("average", attempts.averageSolved(steps, candidates));
          attempts
              .wrongLower(steps, candidates)
              .ifPresent(share -> metrics.put("wrongLower", share));
        }
        metrics.put("seconds", attempts.nanos(steps, candidates) / NANOS);
        int evaluations = predictor.evaluations(steps) + (candidates > 1 ? 1 : 0);
        results.add(
            new TaskResults.Result(steps, candidates, candidates * evaluations, metrics, Map.of()));
      }
    }
    return results;
  }

  private OptionalDouble share(Difficulty difficulty, boolean... solved) {
    int all = 0;
    int right = 0;
    for (int i = 0; i < solved.length; i++) {
      if (difficulty.has(puzzles.get(i))) {
        all++;
        right += solved[i] ? 1 : 0;
      }
    }
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) right / all);
  }
}
