package dev.ebt.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SeedValuesTest {
  @Test
  void differencesAreThoseOfPairs() {
    assertThat(SeedValues.minus(new double[] {3, 5}, new double[] {1, 2})).containsExactly(2, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeedValues.minus(new double[2], new double[1]))
        .withMessage("2 values minus 1; as many expected");
  }

  @Test
  void aTextHasTheIntervalWhereThereIsOne() {
    assertThat(SeedValues.text(2, 2)).isEqualTo("2 (2 … 2)");
    assertThat(SeedValues.text(2)).isEqualTo("2");
    assertThat(SeedValues.text()).isEqualTo("none");
    assertThat(SeedValues.mean()).isNaN();
  }
}
