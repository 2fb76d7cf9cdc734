package dev.ebt.text.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.ScoringExamples;
import dev.ebt.modality.Tokenizer;
import dev.ebt.text.token.ByteTokenizer;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoringWindowsTest {
  private record NoSeparator(Tokenizer tokenizer) implements Tokenizer {
    @Override
    public int vocabulary() {
      return tokenizer.vocabulary();
    }

    @Override
    public int[] encode(String text) {
      return tokenizer.encode(text);
    }

    @Override
    public String decode(int... tokens) {
      return tokenizer.decode(tokens);
    }

    @Override
    public OptionalInt endOfText() {
      return OptionalInt.empty();
    }

    @Override
    public String fingerprint() {
      return tokenizer.fingerprint();
    }
  }

  private static ScoringExamples of(String text, Tokenizer tokenizer, int length) {
    return ScoringWindows.of(text, tokenizer, length, token -> 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 11, 12, 40})
  void everyTokenIsPredictedOnceInItsOrder(int length) {
    String text = "hello, world";
    ScoringExamples examples = of(text, new ByteTokenizer(), length);
    int rows = examples.examples().size();
    Batch batch = examples.examples().batch(IntStream.range(0, rows).toArray());
    StringBuilder predicted = new StringBuilder();
    for (int i = 0; i < batch.target().shape().elements(); i++) {
      if (batch.weight().real(i) == 1) {
        predicted.append((char) batch.target().longs()[i]);
      }
    }
    assertThat(predicted).hasToString(text);
    assertThat(
            examples.tokens().stream()
                .map(ScoringExamples.Token::text)
                .collect(Collectors.joining()))
        .isEqualTo(text);
    assertThat(examples.contextRule()).startsWith("windows of " + length + " tokens; ");
  }

  @Test
  void firstTokenIsOnlySeenWhereNothingStandsBeforeDocuments() {
    ScoringExamples examples = of("abc", new NoSeparator(new ByteTokenizer()), 8);
    assertThat(examples.tokens()).extracting(ScoringExamples.Token::text).containsExactly("b", "c");
    assertThat(examples.contextRule()).endsWith("; the first token is seen only");
  }

  @Test
  void textWithNothingToPredictIsRefused() {
    assertThatThrownBy(() -> of("", new ByteTokenizer(), 8))
        .isInstanceOf(UserException.class)
        .hasMessage("the text to score is empty");
    assertThatThrownBy(() -> of("a", new NoSeparator(new ByteTokenizer()), 8))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("the text has one token");
    assertThatThrownBy(() -> of("a\0b", new ByteTokenizer(), 8))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("the text contains token 0, which separates documents");
  }
}
