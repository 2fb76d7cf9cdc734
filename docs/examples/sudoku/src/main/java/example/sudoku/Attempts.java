package example.sudoku;

import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.Predictor;
import dev.ebt.tensor.Array;
import dev.ebt.think.SelfVerification;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The boards that several candidates reach at several numbers of steps. Each candidate is thought
 * about once, and looked at on its way.
 */
final class Attempts {
  private final List<Integer> steps;
  private final List<Puzzle> puzzles;
  private final boolean[][][] solved;
  private final double[][][] scores;
  private final long[][] nanos;

  Attempts(ComputeBudgets budgets, List<Puzzle> puzzles) {
    int candidates = budgets.candidates().get(budgets.candidates().size() - 1);
    this.steps = budgets.steps();
    this.puzzles = puzzles;
    this.solved = new boolean[steps.size()][candidates][puzzles.size()];
    this.scores = new double[steps.size()][candidates][puzzles.size()];
    this.nanos = new long[steps.size()][candidates];
  }

  /** Adds the candidates of the puzzles from a number on that a predictor has observed. */
  void add(Predictor predictor, int from, long seed) {
    int candidates = nanos[0].length;
    for (int candidate = 0; candidate < candidates; candidate++) {
      long begun = System.nanoTime();
      predictor.begin(SelfVerification.seed(seed, candidate));
      for (int i = 0; i < steps.size(); i++) {
        predictor.reach(steps.get(i), 0);
        nanos[i][candidate] += System.nanoTime() - begun;
        look(predictor, from, solved[i][candidate]);
        if (candidates > 1) {
          Array score = predictor.selectionScores();
          for (int row = 0; row < rows(from, score.shape().size(0)); row++) {
            scores[i][candidate][from + row] = score.real(row);
          }
        }
      }
    }
  }

  private int rows(int from, int batch) {
    return Math.min(batch, puzzles.size() - from);
  }

  private void look(Predictor predictor, int from, boolean... right) {
    Array candidates = predictor.candidate();
    for (int row = 0; row < rows(from, candidates.shape().size(0)); row++) {
      Puzzle puzzle = puzzles.get(from + row);
      right[from + row] =
          BoardDrawing.of(puzzle.given(), candidates.row(row)).board().equals(puzzle.solution());
    }
  }

  /** Returns which puzzles the candidate of the lowest score among the first ones solves. */
  boolean[] solved(int atSteps, int candidates) {
    int i = steps.indexOf(atSteps);
    boolean[] chosen = solved[i][0].clone();
    double[] lowest = scores[i][0].clone();
    for (int candidate = 1; candidate < candidates; candidate++) {
      for (int puzzle = 0; puzzle < chosen.length; puzzle++) {
        if (SelfVerification.isLower(scores[i][candidate][puzzle], lowest[puzzle])) {
          lowest[puzzle] = scores[i][candidate][puzzle];
          chosen[puzzle] = solved[i][candidate][puzzle];
        }
      }
    }
    return chosen;
  }

  /** Returns the mean share of puzzles that one of the first candidates solves. */
  double averageSolved(int atSteps, int candidates) {
    int right = 0;
    for (int candidate = 0; candidate < candidates; candidate++) {
      for (boolean one : solved[steps.indexOf(atSteps)][candidate]) {
        right += one ? 1 : 0;
      }
    }
    return (double) right / (candidates * puzzles.size());
  }

  /**
   * Returns how often the wrong one of two candidates has the lower score, where one solves the
   * puzzle and the other does not; empty if there are no such pairs.
   */
  OptionalDouble wrongLower(int atSteps, int candidates) {
    int i = steps.indexOf(atSteps);
    int pairs = 0;
    int lower = 0;
    for (int puzzle = 0; puzzle < puzzles.size(); puzzle++) {
      for (int right = 0; right < candidates; right++) {
        for (int wrong = 0; wrong < candidates; wrong++) {
          if (solved[i][right][puzzle] && !solved[i][wrong][puzzle]) {
            pairs++;
            lower +=
                SelfVerification.isLower(scores[i][wrong][puzzle], scores[i][right][puzzle])
                    ? 1
                    : 0;
          }
        }
      }
    }
    return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) lower / pairs);
  }

  /** Returns the time that a number of candidates took for a number of steps. */
  long nanos(int atSteps, int candidates) {
    long sum = 0;
    for (int candidate = 0; candidate < candidates; candidate++) {
      sum += nanos[steps.indexOf(atSteps)][candidate];
    }
    return sum;
  }
}
