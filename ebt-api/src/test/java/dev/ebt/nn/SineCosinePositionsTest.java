package dev.ebt.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import org.junit.jupiter.api.Test;

class SineCosinePositionsTest {
  @Test
  void columnsComeBeforeRowsAndSinesBeforeCosines() {
    Array grid = SineCosinePositions.grid(2, 3, 8);
    assertThat(grid.shape()).isEqualTo(Shape.of(6, 8));
    // The cell in row 1, column 2; the frequencies are 1 and 1/100.
    double[] expected = {
      Math.sin(2), Math.sin(0.02), Math.cos(2), Math.cos(0.02),
      Math.sin(1), Math.sin(0.01), Math.cos(1), Math.cos(0.01)
    };
    for (int i = 0; i < 8; i++) {
      assertThat(grid.real(5 * 8 + i)).isCloseTo(expected[i], within(1e-12));
    }
  }

  @Test
  void widthHasToHoldFourParts() {
    assertThatThrownBy(() -> SineCosinePositions.grid(2, 2, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width 6 is not divisible by 4");
  }
}
