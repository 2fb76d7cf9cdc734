package dev.ebt.bench.example;

import static dev.ebt.bench.Commands.fine;

import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.testing.ReportSectionContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The section of reports of {@code docs/examples/sudoku}: cells in a grid. */
class SudokuReportTest extends ReportSectionContract {
  @TempDir static Path folder;
  private static Catalog catalog;
  private static Path run;

  @BeforeAll
  static void train() {
    Path jar = ExamplePlugin.project("sudoku", folder);
    catalog = Plugins.discover(List.of(jar));
    run = folder.resolve("run");
    List<String> line =
        new ArrayList<>(List.of("train", "--plugins", jar.toString(), "--recipe", "sudoku-4"));
    line.addAll(List.of("--out", run.toString(), "--backend", "reference"));
    for (String set :
        List.of(
            "model.width=8",
            "model.layers=1",
            "data.puzzles=4",
            "data.symmetries=2",
            "data.validationPuzzles=4",
            "training.steps=1",
            "training.batch=2",
            "training.validationRows=2")) {
      line.addAll(List.of("--set", set));
    }
    fine(line.toArray(String[]::new));
  }

  @Override
  protected Catalog catalog() {
    return catalog;
  }

  @Override
  protected String section() {
    return "sudoku-board";
  }

  @Override
  protected Path run() {
    return run;
  }

  @Override
  protected Optional<Path> other() {
    return Optional.empty();
  }
}
