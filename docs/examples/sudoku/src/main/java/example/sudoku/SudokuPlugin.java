package example.sudoku;

import dev.ebt.error.UserException;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.InteractivePlugin;
import dev.ebt.interact.TaskReader;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.BundledModel;
import dev.ebt.plugin.Factory;
import dev.ebt.report.ReportPlugin;
import dev.ebt.report.ReportSection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The entry point, named in {@code META-INF/services/dev.ebt.plugin.EbtPlugin}: the modality and
 * the data of Sudoku puzzles, a recipe for each size, {@code think --puzzle}, two tasks, and a
 * section of reports.
 */
public final class SudokuPlugin implements InteractivePlugin, ReportPlugin {
  private static final String NAME = "sudoku";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<Factory<? extends Modality, ?>> modalities() {
    return List.of(
        Factory.of(
            NAME,
            "The solution of a Sudoku puzzle: a digit for each empty cell, all together",
            SudokuSettings.class,
            (settings, context) -> new SudokuModality(settings)));
  }

  @Override
  public List<Factory<? extends Dataset, ?>> datasets() {
    return List.of(
        Factory.of(
            NAME,
            "Sudoku puzzles with one solution, generated or from a file",
            SudokuDatasetSettings.class,
            (settings, context) -> {
              if (context.modality() instanceof SudokuModality modality) {
                return new SudokuDataset(settings, modality.settings().layout());
              }
              throw new UserException("data.name=sudoku is for modality.name=sudoku");
            }));
  }

  @Override
  public List<Interaction<?>> interactions() {
    return List.of(new SolvedPuzzle());
  }

  @Override
  public List<ReportSection> reportSections() {
    return List.of(new SolvedBoards());
  }

  @Override
  public List<TaskReader> tasks() {
    return List.of(new PuzzleTask.Reader(), new MistakesTask.Reader());
  }

  @Override
  public Map<String, String> recipes() {
    Map<String, String> recipes = new LinkedHashMap<>();
    List.of("sudoku-4", "sudoku-6", "sudoku-9").forEach(name -> recipes.put(name, recipe(name)));
    return recipes;
  }

  @Override
  public List<BundledModel> bundledModels() {
    return Stream.of(4, 6, 9)
        .map(
            size ->
                BundledModel.of(
                    "sudoku-" + size,
                    "solves puzzles of " + size + " x " + size + " cells",
                    SudokuPlugin.class))
        .toList();
  }

  private static String recipe(String name) {
    try (InputStream yaml = SudokuPlugin.class.getResourceAsStream(name + ".yaml")) {
      return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("recipe " + name, e);
    }
  }
}
