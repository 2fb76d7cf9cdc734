package example.sudoku;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;

/**
 * Settings of the modality.
 *
 * @param size number of digits, and of rows, columns and boxes: 4, 6 or 9 (6)
 * @param temperature τ of the free energy E − τH, where H is the sum of the entropies of all cells;
 *     0 for none (1)
 * @param spread standard deviation of the logits that thinking starts from (1)
 * @param relations whether attention knows which cells share a row, a column or a box (true)
 * @param places whether cells have learned vectors of their row, column and box (false); one of
 *     both is needed, as cells are alike otherwise
 */
public record SudokuSettings(
    Integer size, Double temperature, Double spread, Boolean relations, Boolean places) {

  /** Fills in defaults and rejects invalid values. */
  public SudokuSettings {
    size = requireNonNullElse(size, 6);
    temperature = requireNonNullElse(temperature, 1.0);
    spread = requireNonNullElse(spread, 1.0);
    relations = requireNonNullElse(relations, true);
    places = requireNonNullElse(places, false);
    if (!relations && !places) {
      throw new SettingException(
          "modality.relations", "is false, and modality.places is too; one of them expected");
    }
    if (!Layout.exists(size)) {
      throw SettingException.of("modality.size", size, "4, 6 or 9");
    }
    if (!(temperature >= 0) || temperature.isInfinite()) {
      throw SettingException.of("modality.temperature", temperature, "0 or more");
    }
    if (!(spread >= 0) || spread.isInfinite()) {
      throw SettingException.of("modality.spread", spread, "0 or more");
    }
  }

  /** Returns the layout of the boards. */
  Layout layout() {
    return Layout.of(size);
  }
}
