package example.sudoku;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.config.Overrides;
import dev.ebt.interact.Input;
import dev.ebt.interact.TaskResults;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.run.TrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The trained models of the plugin solve puzzles that no training had: 24 per size, of {@code
 * GeneratePuzzles}. One step solves few of the large ones, many steps nearly all.
 */
class BundledModelsTest {
  private static final Catalog CATALOG = Plugins.discover(List.of());

  @ParameterizedTest
  @CsvSource({"4, 8, 0.9, 1.0", "6, 16, 0.75, 0.95", "9, 24, 0.3, 0.9"})
  void moreStepsSolveNearlyAllPuzzles(int size, int steps, double most, double least)
      throws IOException {
    try (TrainedModel model =
        TrainedModel.open(CATALOG, folder("sudoku-" + size), "latest", Overrides.none())) {
      List<TaskResults.Result> results =
          new PuzzleTask(Path.of("puzzles"), puzzles(size))
              .evaluate(model.parts(), ComputeBudgets.of(List.of(1, steps)), 24, false)
              .results();

      assertThat(results.get(0).metrics().get("solved")).isLessThanOrEqualTo(most);
      assertThat(results.get(1).metrics().get("solved")).isGreaterThanOrEqualTo(least);
    }
  }

  private static Path folder(String name) {
    return BundledModelFolders.folder(CATALOG.bundledModel(name));
  }

  private static List<Puzzle> puzzles(int size) {
    String name = "/example/sudoku/puzzles-" + size + ".txt";
    return PuzzleFile.read(Input.of(Path.of(BundledModelsTest.class.getResource(name).getPath())));
  }

  @Test
  void theModelsHaveAtMostTwoMegabytesTogether() throws IOException {
    long bytes = 0;
    for (String name : List.of("sudoku-4", "sudoku-6", "sudoku-9")) {
      for (String file : CATALOG.bundledModel(name).files()) {
        bytes += Files.size(folder(name).resolve(file));
      }
    }

    assertThat(bytes).isBetween(1L, 2_000_000L);
  }
}
