package dev.ebt.modality;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Locale;
import java.util.function.IntBinaryOperator;

/**
 * The kinds of relation between the positions of a row, such as "in the same row of the board". A
 * model whose positions attend to each other can learn how much each kind counts.
 *
 * @param kind the kind of the relation from one position to another, from 0 on, [positions,
 *     positions]
 * @param kinds the number of kinds
 */
public record Relations(Array kind, int kinds) {
  /**
   * Returns the relations between positions.
   *
   * @param kind returns the kind, from 0 to {@code kinds} − 1, of the relation from one position to
   *     another
   * @throws IllegalArgumentException for another kind
   */
  public static Relations of(int positions, int kinds, IntBinaryOperator kind) {
    long[] all = new long[positions * positions];
    for (int i = 0; i < all.length; i++) {
      int one = kind.applyAsInt(i / positions, i % positions);
      if (one < 0 || one >= kinds) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the kind of the relation from position %d to %d is %d; 0 to %d expected",
                i / positions,
                i % positions,
                one,
                kinds - 1));
      }
      all[i] = one;
    }
    return new Relations(Array.of(Shape.of(positions, positions), all), kinds);
  }

  /** Returns the number of positions. */
  public int positions() {
    return kind.shape().size(0);
  }
}
