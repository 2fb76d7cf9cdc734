package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.modality.Tokenizer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of tokenizers: tokens within the vocabulary that restore the text, the same
 * for every instance. The test of a tokenizer extends this class and inherits all tests.
 */
public abstract class TokenizerContract {
  /** Returns a new instance of the tokenizer. */
  protected abstract Tokenizer tokenizer();

  /** Returns texts that the tokenizer restores; it may know no other characters than these. */
  protected List<String> texts() {
    return List.of(
        "", "a", "Two words.", " spaces  and\nlines\n", "1 + 1 = 2", "naïve €, 火 and 😀");
  }

  @Test
  final void tokensAreInTheVocabulary() {
    Tokenizer tokenizer = tokenizer();

    assertThat(tokenizer.vocabulary()).isPositive();
    for (String text : texts()) {
      assertThat(Arrays.stream(tokenizer.encode(text)))
          .as(text)
          .allMatch(token -> token >= 0 && token < tokenizer.vocabulary());
    }
    tokenizer
        .endOfText()
        .ifPresent(end -> assertThat(end).isBetween(0, tokenizer.vocabulary() - 1));
  }

  @Test
  final void decodingRestoresTheText() {
    for (String text : texts()) {
      assertThat(tokenizer().decode(tokenizer().encode(text))).isEqualTo(text);
    }
  }

  @Test
  final void everyTokenDecodes() {
    Tokenizer tokenizer = tokenizer();
    for (int token = 0; token < tokenizer.vocabulary(); token++) {
      assertThat(tokenizer.decode(token)).as("token %s", token).isNotNull();
    }
  }

  @Test
  final void instancesOfTheSameSettingsAreInterchangeable() {
    assertThat(tokenizer().fingerprint()).isNotBlank().isEqualTo(tokenizer().fingerprint());
    for (String text : texts()) {
      assertThat(tokenizer().encode(text)).isEqualTo(tokenizer().encode(text));
    }
  }
}
