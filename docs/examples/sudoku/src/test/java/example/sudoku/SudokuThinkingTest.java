package example.sudoku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.EvaluationTask;
import dev.ebt.interact.Interactions;
import dev.ebt.interact.Output;
import dev.ebt.interact.TaskResults;
import dev.ebt.modality.Batch;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.predict.Predictor;
import dev.ebt.run.DataOverride;
import dev.ebt.run.EvaluationJob;
import dev.ebt.run.EvaluationRequest;
import dev.ebt.run.ModelEvaluation;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import dev.ebt.run.TrainingJob;
import dev.ebt.run.TrainingRequest;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.train.TrainingStepper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small model of 4 × 4 boards, trained for a few seconds, solves more boards with more steps. */
class SudokuThinkingTest {
  private static final Catalog CATALOG = Plugins.discover(List.of());
  private static final String PUZZLE = "1......22......3";
  private static final List<Double> LOSSES = new ArrayList<>();

  @TempDir static Path folder;
  private static TrainedModel model;

  @BeforeAll
  static void train() {
    Path run = folder.resolve("run");
    TrainingRequest request =
        TrainingRequest.of("sudoku-4", null)
            .withOut(run)
            .withOverrides(
                Overrides.of(
                    "training.steps=300",
                    "training.batch=32",
                    "training.learningRate=0.004",
                    "schedule.warmUp=20",
                    "model.width=32",
                    "data.puzzles=2000",
                    "data.validationPuzzles=64",
                    "data.fewestGiven=8",
                    "data.mostGiven=10"));
    try (TrainingJob job = TrainingJob.begin(CATALOG, request)) {
      job.run(
          new TrainingListener() {
            @Override
            public void stepped(long step, StepMetrics metrics) {
              LOSSES.add(metrics.loss());
            }
          });
    }
    model = TrainedModel.open(CATALOG, run, "latest", Overrides.none());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static double mean(int from, int to) {
    return LOSSES.subList(from, to).stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  @Test
  void theLossFallsAndMoreStepsSolveMoreBoards() {
    List<EvaluationResult> results =
        model.evaluate(model.parts().dataset().validation(), 64, 64, List.of(1, 4));

    EvaluationResult one = results.get(0);
    EvaluationResult four = results.get(1);

    assertThat(mean(290, 300)).isLessThan(0.5 * mean(0, 10));
    assertThat(four.loss()).isLessThan(0.9 * one.loss());
    assertThat(four.means().get("solved")).isGreaterThan(one.means().get("solved") + 0.05);
    assertThat(four.means().get("violations")).isLessThan(one.means().get("violations"));
    assertThat(four.energy()).isLessThan(one.energy());
  }

  @Test
  void aPuzzleIsDrawnWhileItIsThoughtAbout() {
    List<String> notes = think(8, Map.of("--puzzle", PUZZLE, "--candidates", 4));

    assertThat(notes.get(0))
        .startsWith("step 1: energy ")
        .contains("uncertain cells (?)")
        .contains("+-------+-------+\n| 1 ");
    assertThat(notes.get(notes.size() - 1)).matches("(?s)(not )?solved: .*");
    assertThat(notes).noneMatch(note -> note.contains("| 2 ") && !note.contains("| 1 "));
  }

  @Test
  void theStepsAreDrawnAsAnAnimationOrInARow() throws IOException {
    assertThat(ImageIO.read(picture("board.png")).getWidth())
        .isGreaterThan(BoardPicture.width(Layout.of(4)))
        .matches(width -> width % BoardPicture.width(Layout.of(4)) == 0);
    ImageReader gif = ImageIO.getImageReadersByFormatName("gif").next();
    gif.setInput(ImageIO.createImageInputStream(picture("board.gif")));
    assertThat(gif.getNumImages(true)).isGreaterThan(7);
    assertThat(gif.getHeight(0)).isEqualTo(BoardPicture.height(Layout.of(4)));
    gif.dispose();
    assertThatThrownBy(() -> picture("board.svg"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("--out is board.svg; a name that ends in .gif");
  }

  private static InputStream picture(String name) throws IOException {
    List<Output.File> files = new ArrayList<>();
    Interactions.of(CATALOG)
        .run(
            "sudoku",
            model,
            CommonOptions.of(8),
            Map.of("--puzzle", PUZZLE, "--out", Path.of(name)),
            output -> {
              if (output instanceof Output.File file) {
                files.add(file);
              }
            });
    return new ByteArrayInputStream(files.get(0).content().encode());
  }

  @Test
  void theCandidateOfTheLowestSelectionScoreIsDrawn() {
    Predictor predictor =
        (Predictor)
            Proxy.newProxyInstance(
                Predictor.class.getClassLoader(),
                new Class<?>[] {Predictor.class},
                (proxy, method, arguments) ->
                    method.getName().equals("selectionScores")
                        ? Array.of(Shape.of(3), Double.NaN, 2, 1)
                        : Array.of(Shape.of(3), 1.0, 2, 3));

    assertThat(SolvedPuzzle.selected(predictor, 3)).isEqualTo(2);
  }

  private static Path file(String name, String count) throws IOException {
    String puzzles = PuzzleFile.write(GeneratePuzzles.generate("4", count, "8", "10", "5"));
    return Files.writeString(folder.resolve(name), puzzles);
  }

  /** {@code eval RUN --data FILE}; the configuration of the run sets data.puzzles. */
  @Test
  void aRunIsEvaluatedOnAllPuzzlesOfAFile() throws IOException {
    EvaluationRequest request =
        EvaluationRequest.of(folder.resolve("run"))
            .withData(DataOverride.at(file("others.txt", "20")))
            .withSteps(2);

    try (EvaluationJob job = EvaluationJob.begin(CATALOG, request)) {
      ModelEvaluation evaluation = job.run().get(0).evaluation();

      assertThat(evaluation.rows()).isEqualTo(20);
      assertThat(evaluation.data()).contains("others.txt");
    }
  }

  /** {@code train --recipe sudoku-4 --data FILE}; the recipe sets data.puzzles. */
  @Test
  void aRecipeIsTrainedOnAFileOfPuzzles() throws IOException {
    Path run = folder.resolve("of-file");
    TrainingRequest request =
        TrainingRequest.of("sudoku-4", null)
            .withData(DataOverride.at(file("training.txt", "40")))
            .withOut(run)
            .withOverrides(
                Overrides.of(
                    "training.steps=1",
                    "training.batch=4",
                    "schedule.warmUp=0",
                    "model.width=16",
                    "data.validationPuzzles=8"));

    try (TrainingJob job = TrainingJob.begin(CATALOG, request)) {
      job.run(new TrainingListener() {});
    }
    try (TrainedModel trained = TrainedModel.open(CATALOG, run, "latest", Overrides.none())) {
      assertThat(trained.parts().dataset().description())
          .contains("training.txt: 32 puzzles for training");
    }
  }

  @Test
  void aFileOfPuzzlesIsEvaluatedByDifficultyAndTheLowestEnergyWins() throws IOException {
    String file = PuzzleFile.write(GeneratePuzzles.generate("4", "40", "7", "9", "3"));
    EvaluationTask task =
        new PuzzleTask.Reader().read(Files.writeString(folder.resolve("puzzles.txt"), file));

    List<TaskResults.Result> results =
        task.evaluate(model.parts(), new ComputeBudgets(List.of(1, 8), List.of(1, 8)), 16, false)
            .results();

    assertThat(task.size()).isEqualTo(40);
    assertThat(results).extracting(TaskResults.Result::evaluations).containsExactly(1, 16, 8, 72);
    assertThat(solved(results, 1)).isGreaterThan(solved(results, 0));
    assertThat(solved(results, 2)).isGreaterThan(solved(results, 0) + 0.1);
    assertThat(results.get(0).metrics()).containsKey("noGuess").doesNotContainKey("average");
    assertThat(results.get(1).metrics().get("average")).isLessThan(solved(results, 1));
    assertThat(results.get(1).metrics().get("wrongLower")).isBetween(0.0, 0.3);
  }

  @Test
  void mistakesRarelyHaveALowerEnergyThanTheSolution() throws IOException {
    EvaluationTask task = new MistakesTask.Reader().read(file("mistakes.txt", "20"));

    Map<String, Double> shares =
        task.evaluate(model.parts(), ComputeBudgets.of(List.of(1)), 16, false)
            .results()
            .get(0)
            .metrics();

    assertThat(shares.get("changedLower")).isLessThan(0.2);
    assertThat(shares.get("swappedLower")).isLessThan(0.2);
    assertThat(task.limited(3).description())
        .startsWith("sudoku-mistakes: the solutions of 3 puzzles of ");
  }

  private static double solved(List<TaskResults.Result> results, int budget) {
    return results.get(budget).metrics().get("solved");
  }

  @Test
  void aPuzzleOfAnotherSizeAndNoPuzzleAreRefused() {
    String nine = "0".repeat(81);

    assertThatThrownBy(() -> think(2, Map.of("--puzzle", nine)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--puzzle has several solutions");
    assertThatThrownBy(
            () ->
                think(
                    2,
                    Map.of(
                        "--puzzle",
                        new PuzzleGenerator(Layout.of(6), 20, 24)
                            .draw(new SplittableRandom(1))
                            .given()
                            .line())))
        .isInstanceOf(UserException.class)
        .hasMessage("--puzzle has 36 characters; the model is for 16 (4 × 4)");
    assertThatThrownBy(() -> think(2, Map.of("--puzzle", PUZZLE, "--candidates", 0)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--candidates is 0");
  }

  private static List<String> think(int steps, Map<String, Object> options) {
    List<String> notes = new ArrayList<>();
    Interactions.of(CATALOG)
        .run(
            "sudoku",
            model,
            CommonOptions.of(steps),
            options,
            output -> notes.add(((Output.Note) output).line()));
    return notes;
  }

  @Test
  void trainingHasTheLossesOfTheReferenceBackend() {
    List<Double> tensorflow = losses("tensorflow");
    List<Double> reference = losses("reference");

    for (int i = 0; i < reference.size(); i++) {
      assertThat(tensorflow.get(i)).isCloseTo(reference.get(i), within(2e-3));
    }
    assertThat(reference.get(3)).isNotCloseTo(reference.get(0), within(1e-4));
  }

  /** Trains four updates on the same rows. */
  private static List<Double> losses(String backend) {
    Overrides small =
        Overrides.of(
            "backend=" + backend,
            "model.width=16",
            "schedule.warmUp=0",
            "data.puzzles=8",
            "data.validationPuzzles=8");
    try (Components components =
        Components.of(CATALOG, Configurations.load(CATALOG, "sudoku-4", null, small))) {
      RunParts parts = components.get(RunParts.class);
      Batch batch = parts.dataset().training().batch(0, 1, 2, 3);
      try (TrainingStepper stepper =
          new TrainingStepper(parts.trainingTrace(), parts.backend(), 1)) {
        stepper.initialize();
        List<Double> losses = new ArrayList<>();
        for (long step = 1; step <= 4; step++) {
          losses.add(stepper.step(step, List.of(batch)).loss());
        }
        return losses;
      }
    }
  }
}
