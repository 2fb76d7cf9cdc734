package dev.ebt.text.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.error.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerRuleTest {
  /** What the grade-school-math code of GSM8K gives. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 - 5 #### -3 | so #### -3          | true",
        "2 - 5 #### -3 | so #### 3           | false",
        "#### 18       | #### 1.8            | false",
        "#### 12       | #### 1/2            | false",
        "#### 12       | #### 12/1           | true",
        "#### 2,000    | #### 2000 hens      | true",
        "#### 5        | #### 5.0            | false",
        "#### 5        | #### 5.             | false",
        "#### 5        | #### $5             | false",
        "#### 5        | ####5               | false",
        "#### 5        | 5                   | false",
        "#### 5        | ''                  | false",
        "#### 5        | #### 5 no #### 6    | true",
        "#### 6        | #### 5 no #### 6    | false",
        "#### 6        | #### ? #### 6       | true",
      })
  void numbersAreComparedByTheRuleOfGsm8k(String right, String written, boolean exact) {
    AnswerScore score = new NumberRule().score(written, List.of(right));
    assertThat(score.exact()).isEqualTo(exact);
    assertThat(score.f1()).isEmpty();
  }

  @Test
  void numbersEndWhereNoPartOfOneFollows() {
    NumberRule rule = new NumberRule();
    assertThat(rule.finished("a\nb #### 6")).isFalse();
    assertThat(rule.finished("a\nb #### 6.5")).isFalse();
    assertThat(rule.finished("a\nb #### 6\n")).isTrue();
    assertThat(rule.finished("a #### \n")).isFalse();
  }

  @Test
  void rightAnswerWithoutNumberIsToldWithItsPlace() {
    TaskRecord record = TaskRecord.question("test.jsonl line 3", "q", "four");
    assertThatThrownBy(() -> new NumberRule().check(record))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("test.jsonl line 3: field 'answer' has no '#### NUMBER'");
  }

  /** Computed with the published script, evaluate-v1.1.py. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "the red house  | Red house.         | true  | 1",
        "an apple       | the apple          | true  | 1",
        "hot or cold    | Hot  or COLD       | true  | 1",
        "$2,000         | 2000               | true  | 1",
        "24–10          | 24-10              | false | 0",
        "24–10          | 2410               | false | 0",
        "a–b            | –b                 | true  | 1",
        "£5             | 5                  | false | 0",
        "théâtre        | théâtre the        | true  | 1",
        "theatre        | atre               | false | 0",
        "the_ red       | red                | true  | 1",
        "the red house  | the red hat        | false | 0.5",
        "x y            | y x                | false | 1",
        "x x y          | x                  | false | 0.5",
        "the            | a                  | true  | 0",
      })
  void answersAreComparedAsTheScriptOfSquadDoes(
      String right, String written, boolean exact, double f1) {
    AnswerScore score = new SquadRule().score(written, List.of("nothing else", right));
    assertThat(score.exact()).isEqualTo(exact);
    assertThat(score.f1().orElseThrow()).isCloseTo(f1, within(1e-6));
  }

  @Test
  void spaceThatOnlyUnicodeKnowsPartsWordsToo() {
    assertThat(AnswerWords.of("a\u00a0b\u2009c\u001cd\u0085e")).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "signs   | ` signs.\" he said` | true",
        "signs   | signs               | true",
        "signs   | Signs               | false",
        "signs   | sign                | false",
        "don't   | don't               | true",
        "don't   | dont                | false",
        "?!      | ``                  | false",
        "?!      | .                   | false",
      })
  void lastWordsAreComparedWithoutThePunctuationAfterThem(
      String right, String written, boolean exact) {
    assertThat(new LastWordRule().score(written, List.of(right)).exact()).isEqualTo(exact);
  }

  @Test
  void lastWordIsFinishedWhenSomethingFollows() {
    assertThat(new LastWordRule().finished(" hou")).isFalse();
    assertThat(new LastWordRule().finished(" house ")).isTrue();
  }

  /** Without punctuation nothing would be left to compare, and everything would be right. */
  @Test
  void otherAnswersAreComparedCharacterByCharacter() {
    ExactRule rule = new ExactRule();
    assertThat(rule.score(" ] )\nmore", List.of("] )")).exact()).isTrue();
    assertThat(rule.score(") ]", List.of("] )")).exact()).isFalse();
    assertThat(rule.score("", List.of("] )")).exact()).isFalse();
    assertThat(rule.score("-1", List.of("1", "2")).exact()).isFalse();
    assertThat(rule.score("2", List.of("1", "2")).exact()).isTrue();
  }

  /** What utils/metrics_calculator.py gives, with what is questionable about it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "#### -3        | 3           | true  | 1",
        "#### 18        | 1.8         | true  | 1",
        "#### 12        | 1/2         | true  | 1",
        "#### 12        | #### 12     | true  | 1",
        "#### 12        | so it is 12 | false | 0.4",
        "the house      | house       | false | 0.6666667",
        "24–10          | 2410        | false | 0",
        "] )            | ( ( (       | true  | 0",
      })
  void publishedRuleComparesWordsWithoutPunctuation(
      String right, String written, boolean exact, double f1) {
    AnswerScore score =
        new PublishedRule().score(written, List.of("reasons\n" + right, "2", written));
    assertThat(score.exact()).isEqualTo(right.startsWith("####") && exact);
    AnswerScore plain = new PublishedRule().score(written, List.of(marked(right)));
    assertThat(plain.exact()).isEqualTo(exact);
    assertThat(plain.f1().orElseThrow()).isCloseTo(f1, within(1e-6));
  }

  private static String marked(String right) {
    return right.startsWith("####") ? "2-5\n" + right : right;
  }
}
