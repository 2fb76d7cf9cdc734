package example.sudoku;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.UserException;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Option;
import dev.ebt.interact.Output;
import dev.ebt.interact.Outputs;
import dev.ebt.modality.Modality;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.StepResult;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.think.SelfVerification;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;

/**
 * The solution of a user's puzzle, drawn after each thinking step that changes it: {@code think RUN
 * --puzzle LINE}. Several candidates are rows of one batch; {@code thinking.select} chooses the one
 * that is drawn.
 */
public final class SolvedPuzzle implements Interaction<SolvedPuzzle.PuzzleOptions> {
  private static final int MOST_CANDIDATES = 4096;

  /**
   * The options.
   *
   * @param puzzle the puzzle
   * @param candidates the number of candidates
   * @param out the file of pictures
   */
  public record PuzzleOptions(
      @Option(
              value = "LINE",
              description = "A puzzle: its cells row by row, with . or 0 for empty ones.")
          String puzzle,
      @Option(
              value = "N",
              description = "Candidates that start differently; thinking.select chooses one (1).")
          Integer candidates,
      @Option(
              value = "FILE",
              description = "Pictures of the steps: an animated .gif, or a .png of all in a row.")
          Path out) {

    /**
     * Refuses a line that is no puzzle with one solution, a number out of range, and a file that is
     * neither GIF nor PNG.
     */
    public PuzzleOptions {
      if (puzzle != null) {
        Puzzle.parse("--puzzle", puzzle.strip());
      }
      if (candidates != null && (candidates < 1 || candidates > MOST_CANDIDATES)) {
        throw new UserException(
            "--candidates is " + candidates + "; 1 to " + MOST_CANDIDATES + " expected");
      }
      if (out != null) {
        ThinkingPictures.check("--out", out);
      }
    }
  }

  @Override
  public String name() {
    return "sudoku";
  }

  @Override
  public String summary() {
    return "a puzzle is solved, and drawn after each step";
  }

  @Override
  public String subject() {
    return "Sudoku puzzles";
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof SudokuModality;
  }

  @Override
  public Class<PuzzleOptions> options() {
    return PuzzleOptions.class;
  }

  @Override
  public boolean accepts(PuzzleOptions options) {
    return options.puzzle() != null;
  }

  @Override
  public String suggestion() {
    return "--puzzle LINE";
  }

  @Override
  public void run(
      TrainedModel model, CommonOptions common, PuzzleOptions options, Outputs outputs) {
    Puzzle puzzle = Puzzle.parse("--puzzle", options.puzzle().strip());
    Layout layout = ((SudokuModality) model.modality()).settings().layout();
    if (!puzzle.layout().equals(layout)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--puzzle has %d characters; the model is for %d (%3$d × %3$d)",
              puzzle.layout().cells(),
              layout.cells(),
              layout.size()));
    }
    int candidates = requireNonNullElse(options.candidates(), 1);
    try (Predictor predictor = model.parts().predictor(candidates)) {
      if (candidates > 1 && !predictor.candidatesDiffer()) {
        throw new UserException(
            "--candidates is "
                + candidates
                + ", but all candidates of this model start at the same place; 1 expected");
      }
      predictor.observe(SudokuDataset.context(Collections.nCopies(candidates, puzzle.given())));
      predictor.begin(common.seed());
      ThinkingPictures pictures = new ThinkingPictures();
      Board found = think(predictor, common, puzzle.given(), outputs, pictures);
      outputs.note(verdict(found, puzzle.solution()));
      if (options.out() != null) {
        outputs.add(
            new Output.File(
                options.out(), pictures.content(options.out()), ": the board after each step"));
      }
    }
  }

  /** Thinks and draws; returns the final board of the selected candidate. */
  private static Board think(
      Predictor predictor,
      CommonOptions common,
      Board given,
      Outputs outputs,
      ThinkingPictures pictures) {
    if (!predictor.thinks()) {
      predictor.reach(common.onlySteps(), common.tolerance());
      BoardDrawing drawing = BoardDrawing.of(given, predictor.candidate().row(0));
      outputs.note(heading("in one pass", drawing) + "\n" + drawing.text());
      pictures.add(new BoardPicture("in one pass", drawing));
      return drawing.board();
    }
    int steps = common.onlySteps();
    String drawn = "";
    for (int step = 1; step <= steps; step++) {
      StepResult result = predictor.step(predictor.stepSizeScale(steps), common.tolerance());
      Array energy = predictor.energy();
      int best = selected(predictor, energy.shape().elements());
      BoardDrawing drawing = BoardDrawing.of(given, predictor.candidate().row(best));
      String text = drawing.text();
      boolean last = step == steps || result.remaining() == 0;
      if (!text.equals(drawn) || last) {
        String title = String.format(Locale.ROOT, "step %d: energy %.2f", step, energy.real(best));
        outputs.note(heading(title, drawing) + (text.equals(drawn) ? "" : "\n" + text));
        pictures.add(new BoardPicture(title, drawing));
        drawn = text;
      }
      if (last || !outputs.wantsMore()) {
        return drawing.board();
      }
    }
    throw new IllegalStateException("no thinking step");
  }

  /** Returns the row of the lowest selection score. */
  static int selected(Predictor predictor, int candidates) {
    if (candidates == 1) {
      return 0;
    }
    Array scores = predictor.selectionScores();
    int best = 0;
    for (int i = 1; i < candidates; i++) {
      if (SelfVerification.isLower(scores.real(i), scores.real(best))) {
        best = i;
      }
    }
    return best;
  }

  private static String heading(String title, BoardDrawing drawing) {
    return String.format(
        Locale.ROOT,
        "%s, uncertain cells (?) %d, violated constraints (!) %d",
        title,
        drawing.uncertain(),
        drawing.violations());
  }

  private static String verdict(Board found, Board solution) {
    int wrong = 0;
    for (int cell = 0; cell < solution.layout().cells(); cell++) {
      wrong += found.digit(cell) == solution.digit(cell) ? 0 : 1;
    }
    return wrong == 0
        ? "solved: " + found.line()
        : "not solved: "
            + wrong
            + (wrong == 1 ? " cell differs" : " cells differ")
            + " from the solution "
            + solution.line();
  }
}
