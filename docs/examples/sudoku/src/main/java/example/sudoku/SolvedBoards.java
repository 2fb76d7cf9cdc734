package example.sudoku;

import dev.ebt.report.Axis;
import dev.ebt.report.CellMap;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportRun;
import dev.ebt.report.ReportSection;
import dev.ebt.report.SectionContent;
import dev.ebt.report.ThinkingSample;
import dev.ebt.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A section of the report: a validation puzzle after thinking, each cell by its uncertainty. */
final class SolvedBoards implements ReportSection {
  @Override
  public String name() {
    return "sudoku-board";
  }

  @Override
  public String summary() {
    return "a validation puzzle after thinking, each cell by its uncertainty";
  }

  @Override
  public String title() {
    return "Does it solve a puzzle?";
  }

  @Override
  public Optional<SectionContent> content(ReportRun run) {
    if (run.model().isEmpty() || !(run.model().get().modality() instanceof SudokuModality sudoku)) {
      return Optional.empty();
    }
    Layout layout = sudoku.settings().layout();
    ThinkingSample sample = run.sample().orElseThrow();
    Board given =
        new Board(layout, digits(sample.first().context().get(SudokuModality.GIVEN).longs(), 0));
    Board solution = new Board(layout, digits(sample.first().target().longs(), 1));
    BoardDrawing drawing = BoardDrawing.of(given, sample.candidate().row(0));
    List<CellMap.Cell> cells = new ArrayList<>();
    int wrong = 0;
    for (int cell = 0; cell < layout.cells(); cell++) {
      cells.add(cell(drawing.beliefs()[cell], given.digit(cell), solution.digit(cell)));
      wrong += drawing.beliefs()[cell].digit() == solution.digit(cell) ? 0 : 1;
    }
    CellMap board =
        new CellMap(
            "The first validation puzzle: " + run.label(),
            "Given cells have no color.",
            List.of(Axis.of("uncertainty")),
            layout.size(),
            cells);
    String sentence =
        String.format(
            Locale.ROOT,
            "%d of %d cells of the first validation puzzle are wrong after thinking, and %d"
                + " constraints are violated.",
            wrong,
            layout.cells(),
            drawing.violations());
    return Optional.of(
        SectionContent.of(
            wrong == 0 ? Verdict.good("Yes: " + sentence) : Verdict.neutral(sentence), board));
  }

  private static CellMap.Cell cell(CellBelief belief, int given, int right) {
    List<CellMap.Fact> facts = new ArrayList<>();
    facts.add(new CellMap.Fact("digit", given > 0 ? "given" : "predicted"));
    facts.add(new CellMap.Fact("probability", ReportNumbers.of(belief.probability())));
    facts.add(new CellMap.Fact("solution", String.valueOf(right)));
    return new CellMap.Cell(
        String.valueOf(belief.digit()),
        List.of(given > 0 ? Double.NaN : 1 - belief.probability()),
        List.of(),
        facts,
        List.of());
  }

  /** Returns the digits of cells, to which a number is added. */
  private static int[] digits(long[] values, int more) {
    int[] digits = new int[values.length];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = (int) values[i] + more;
    }
    return digits;
  }
}
