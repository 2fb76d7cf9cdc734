package dev.ebt.text.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.RunParts;
import dev.ebt.text.decode.TextGenerator.GeneratedToken;
import dev.ebt.text.decode.TextGenerator.GenerationOptions;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A budget of evaluations for all tokens of a text. */
class EvaluationBudgetOfTextTest {
  private static final int TOKENS = 6;

  private Components components;

  private RunParts open(String... overrides) {
    components =
        Components.of(
            Plugins.discover(List.of()),
            Configurations.parse(
                Plugins.discover(List.of()),
                "test",
                """
                backend: reference
                modality: {name: text, length: 8, initial: noise}
                model: {name: autoregressive, layers: 2, heads: 2, width: 8}
                thinking: {landscapes: 1, stepSize: 2, updateRule: mirror}
                """,
                Overrides.of(overrides)));
    RunParts parts = components.get(RunParts.class);
    TrainingStepper.initialize(parts.backend(), parts.parameters(), 9);
    return parts;
  }

  @AfterEach
  void close() {
    if (components != null) {
      components.close();
    }
  }

  private static List<GeneratedToken> generate(RunParts parts, GenerationOptions options) {
    try (TextGenerator generator = TextGenerator.of(parts)) {
      return generator.generate(generator.tokenizer().encode("abc"), TOKENS, options, t -> true);
    }
  }

  private static GenerationOptions options(int candidates, double tolerance, int budget, int most) {
    return new GenerationOptions(1, 0, TokenSampling.likeliest(), candidates)
        .withEvaluations(budget, most, tolerance);
  }

  private static List<Integer> evaluations(List<GeneratedToken> tokens) {
    return tokens.stream().map(GeneratedToken::evaluations).toList();
  }

  private static int sum(List<GeneratedToken> tokens) {
    return tokens.stream().mapToInt(GeneratedToken::evaluations).sum();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 6",
    "1, 0, 7",
    "1, 0, 40",
    "1, 0.001, 40",
    "3, 0, 36",
    "3, 0, 50",
    "3, 0.001, 90"
  })
  void tokensNeverUseMoreThanTheBudgetTogether(int candidates, double tolerance, int budget) {
    List<GeneratedToken> tokens = generate(open(), options(candidates, tolerance, budget, 0));
    assertThat(tokens).hasSize(TOKENS);
    assertThat(sum(tokens)).isLessThanOrEqualTo(budget);
    assertThat(evaluations(tokens))
        .allMatch(each -> each >= (candidates == 1 ? 1 : 2 * candidates));
  }

  @Test
  void tokensThatNeverSettleUseAllOfIt() {
    List<GeneratedToken> tokens = generate(open(), options(1, 0, 40, 0));
    assertThat(sum(tokens)).isEqualTo(40);
    assertThat(tokens.get(0).evaluations()).as("four even shares").isEqualTo(4 * 40 / TOKENS);
  }

  @Test
  void settledTokenLeavesItsShareToLaterOnes() {
    RunParts parts = open("thinking.stop={name: budget, evaluations: 2}");
    assertThat(evaluations(generate(parts, options(1, 0, 40, 0)))).containsOnly(2);
    List<GeneratedToken> alike = generate(open(), options(1, 1e9, 15, 0));
    assertThat(evaluations(alike))
        .as("all settle in their second step, so that the last ones still have two")
        .containsOnly(2);
  }

  @Test
  void stepsLimitEachTokenAndTheBudgetAllOfThem() {
    assertThat(evaluations(generate(open(), options(1, 0, 40, 3)))).containsOnly(3);
    assertThat(evaluations(generate(open(), options(1, 0, 10, 3))))
        .as("one step is kept for each later token")
        .isEqualTo(List.of(3, 3, 1, 1, 1, 1));
  }

  @Test
  void stepOfTwoEvaluationsCountsTwice() {
    assertThat(new EvaluationShare(options(1, 0, 30, 0), 2).steps(0, 6)).isEqualTo(10);
    assertThat(new EvaluationShare(options(1, 0, 30, 0), 2).steps(20, 5)).isEqualTo(1);
    assertThat(new EvaluationShare(options(3, 0, 30, 0), 2).steps(9, 1)).isEqualTo(3);
  }

  @Test
  void textsWithABudgetAreAsAloneBesideOthers() {
    RunParts parts = open();
    List<GeneratedToken> alone = generate(parts, options(1, 0, 20, 0));
    try (BatchGenerator generator = BatchGenerator.of(parts)) {
      int[] prompt = generator.tokenizer().encode("abc");
      List<GeneratedText> texts =
          Stream.of(20, 0, 9)
              .map(
                  budget ->
                      generator.add(
                          prompt,
                          TOKENS,
                          budget == 0
                              ? new GenerationOptions(3, 0, TokenSampling.likeliest())
                              : options(1, 0, budget, 0),
                          t -> true))
              .toList();
      while (generator.advance()) {}
      assertThat(evaluations(texts.get(0).tokens())).isEqualTo(evaluations(alone));
      assertThat(evaluations(texts.get(1).tokens())).containsOnly(3);
      assertThat(sum(texts.get(2).tokens())).isEqualTo(9);
    }
  }

  @Test
  void smallerBudgetThanOneStepForEachTokenIsRefused() {
    RunParts parts = open();
    assertThatThrownBy(() -> generate(parts, options(1, 0, 5, 0)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "evaluations is 5; at least 6, one step for each of 6 tokens, or a smaller count,"
                + " expected");
    assertThatThrownBy(() -> generate(parts, options(3, 0, 35, 0)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("evaluations is 35; at least 36");
  }
}
