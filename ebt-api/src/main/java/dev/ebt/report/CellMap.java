package dev.ebt.report;

import java.util.List;

/**
 * A sequence of cells, each coloured by a value, with details on request: the tokens of a passage,
 * the squares of a board.
 *
 * @param value what the colours show
 * @param columns the number of cells in a row of a grid; 0 if cells follow each other as words of a
 *     text do
 * @param cells in reading order
 */
public record CellMap(String title, String hint, Axis value, int columns, List<Cell> cells)
    implements Block {
  /** Copies the list, and rejects an empty one. */
  public CellMap {
    cells = List.copyOf(cells);
    if (cells.isEmpty()) {
      throw new IllegalArgumentException(title + " has no cells; at least one expected");
    }
  }

  /**
   * A cell.
   *
   * @param text what it shows, possibly with line breaks
   * @param value its value; not a number for a cell without one, which has no colour
   * @param steps its energy before the first step and after each; empty if it has none
   * @param facts what is said about it, in order
   * @param alternatives other contents, the likeliest first
   */
  public record Cell(
      String text,
      double value,
      List<Double> steps,
      List<Fact> facts,
      List<Alternative> alternatives) {
    /** Copies the lists. */
    public Cell {
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
