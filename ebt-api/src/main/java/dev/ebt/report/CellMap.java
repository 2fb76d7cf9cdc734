package dev.ebt.report;

import java.util.List;

/**
 * A sequence of cells, each coloured by a value, with details on request: the tokens of a passage,
 * the squares of a board. Of several values the reader chooses the one that the colours show.
 *
 * @param values what the colours can show, one or more, the first to begin with
 * @param columns the number of cells in a row of a grid; 0 if cells follow each other as words of a
 *     text do
 * @param cells in reading order
 */
public record CellMap(String title, String hint, List<Axis> values, int columns, List<Cell> cells)
    implements Block {
  /** Copies the lists, and rejects an empty one and cells with another number of values. */
  public CellMap {
    values = List.copyOf(values);
    cells = List.copyOf(cells);
    int count = values.size();
    if (count == 0 || cells.stream().anyMatch(cell -> cell.values().size() != count)) {
      throw new IllegalArgumentException(
          title + ": one or more values expected, and as many in each cell");
    }
    if (cells.isEmpty()) {
      throw new IllegalArgumentException(title + " has no cells; at least one expected");
    }
  }

  /**
   * A cell.
   *
   * @param text what it shows, possibly with line breaks
   * @param values its value of each kind; not a number where it has none, and then no colour
   * @param steps its energy before the first step and after each; empty if it has none
   * @param facts what is said about it, in order
   * @param alternatives other contents, the likeliest first
   */
  public record Cell(
      String text,
      List<Double> values,
      List<Double> steps,
      List<Fact> facts,
      List<Alternative> alternatives) {
    /** Copies the lists. */
    public Cell {
      values = List.copyOf(values);
      steps = List.copyOf(steps);
      facts = List.copyOf(facts);
      alternatives = List.copyOf(alternatives);
    }
  }

  /** Something said about a cell, such as its loss. */
  public record Fact(String name, String value) {}

  /**
   * Another content of a cell.
   *
   * @param probability 0 to 1
   * @param right whether it is the right one
   */
  public record Alternative(String text, double probability, boolean right) {}
}
