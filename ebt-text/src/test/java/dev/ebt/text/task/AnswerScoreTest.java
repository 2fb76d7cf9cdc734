package dev.ebt.text.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerScoreTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hot or cold    | Hot  or COLD. | 1 | 1",
        "$2,000         | 2000          | 1 | 1",
        "the red house  | the red hat   | 0 | 0.6666667",
        "a b            | b a           | 0 | 1",
        "a a b          | a             | 0 | 0.5",
        "house          | mouse         | 0 | 0",
        "''             | ''            | 1 | 0",
        "''             | word          | 0 | 0",
      })
  void wordsAreComparedWithoutCaseAndPunctuation(
      String wanted, String written, double exact, double f1) {
    AnswerScore score = AnswerScore.of(written, List.of(wanted));
    assertThat(score.exact()).isEqualTo(exact);
    assertThat(score.f1()).isCloseTo(f1, within(1e-6));
  }

  /** Without punctuation nothing would be left to compare, and everything would be right. */
  @Test
  void bracketsAreComparedAsTheyAre() {
    assertThat(AnswerScore.of("] )", List.of("])")).exact()).isEqualTo(1);
    assertThat(AnswerScore.of(") ]", List.of("] )")).exact()).isZero();
    assertThat(AnswerScore.of("", List.of("] )"))).isEqualTo(new AnswerScore(0, 0));
    assertThat(AnswerScore.of("] ] ]", List.of("] )")).f1()).isCloseTo(0.4, within(1e-9));
  }

  @Test
  void theBestOfSeveralRightAnswersCounts() {
    assertThat(AnswerScore.of("hot", List.of("hot or cold", "hot")))
        .isEqualTo(new AnswerScore(1, 1));
  }
}
