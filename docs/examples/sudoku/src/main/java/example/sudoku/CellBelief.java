package example.sudoku;

import dev.ebt.tensor.Array;

/**
 * The most likely digit of a cell.
 *
 * @param digit from 1 on
 * @param probability of the digit
 */
record CellBelief(int digit, double probability) {
  /**
   * Returns the digit of a cell by its logits.
   *
   * @param logits of all cells one after the other, N each
   */
  static CellBelief of(Array logits, int cell, int digits) {
    int best = 0;
    for (int digit = 1; digit < digits; digit++) {
      if (logits.real(cell * digits + digit) > logits.real(cell * digits + best)) {
        best = digit;
      }
    }
    double sum = 0;
    for (int digit = 0; digit < digits; digit++) {
      sum += Math.exp(logits.real(cell * digits + digit) - logits.real(cell * digits + best));
    }
    return new CellBelief(best + 1, 1 / sum);
  }
}
