package dev.ebt.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
  @Test
  void aConclusionIsAHeadlineWithoutItsExplanation() {
    assertThat(Verdict.good("Yes, and further steps add to it: 3 to 2. Or more.").headline())
        .isEqualTo("Yes, and further steps add to it.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No: predictions of low energy are the worse ones.",
        "Stable: the loss fell; but the validation loss rose again.",
        "The highest losses are at “6”."
      })
  void aHeadlineSaysMoreThanYesOrNo(String first) {
    assertThat(Verdict.bad(first + " Further: 1.2 of 3.").headline()).isEqualTo(first);
    assertThat(Verdict.bad(first).headline()).isEqualTo(first);
  }
}
