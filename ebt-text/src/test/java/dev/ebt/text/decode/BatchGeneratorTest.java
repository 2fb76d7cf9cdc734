package dev.ebt.text.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.Predictors;
import dev.ebt.run.RunParts;
import dev.ebt.text.decode.TextGenerator.GeneratedToken;
import dev.ebt.text.decode.TextGenerator.GenerationOptions;
import dev.ebt.text.window.WindowedTextModality;
import dev.ebt.train.TrainingStepper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts in a batch, against the same texts alone and without a cache. */
class BatchGeneratorTest {
  private Components components;
  private RunParts parts;

  private void open(String... overrides) {
    components =
        Components.of(
            Plugins.discover(List.of()),
            Configurations.parse(
                Plugins.discover(List.of()),
                "test",
                """
                backend: reference
                modality: {name: text, length: 8, initial: noise}
                model: {name: autoregressive, layers: 2, heads: 2, width: 8, conditioning: time_embed}
                thinking: {landscapes: 2, stepSize: 2, updateRule: mirror}
                """,
                Overrides.of(overrides)));
    parts = components.get(RunParts.class);
    TrainingStepper.initialize(parts.backend(), parts.parameters(), 9);
  }

  @AfterEach
  void close() {
    components.close();
  }

  /** A text to generate. */
  private record Case(String prompt, int count, int steps, int candidates, long seed) {
    GenerationOptions options() {
      return new GenerationOptions(
          steps, 0, new TokenSampling(2.0, null, null, seed), candidates, FullWindow.HALF, true);
    }
  }

  private List<GeneratedToken> alone(Case text) {
    try (TextGenerator generator = TextGenerator.withoutCache(parts)) {
      return generator.generate(
          generator.tokenizer().encode(text.prompt()), text.count(), text.options(), t -> true);
    }
  }

  private static GeneratedText add(BatchGenerator generator, Case text) {
    return generator.add(
        generator.tokenizer().encode(text.prompt()), text.count(), text.options(), t -> true);
  }

  private void assertSameAsAlone(GeneratedText generated, Case text) {
    List<GeneratedToken> expected = alone(text);
    List<GeneratedToken> actual = generated.tokens();
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).token()).isEqualTo(expected.get(i).token());
      assertThat(actual.get(i).evaluations()).isEqualTo(expected.get(i).evaluations());
      assertThat(actual.get(i).probability())
          .isCloseTo(expected.get(i).probability(), within(1e-6));
      assertThat(actual.get(i).energies()).hasSameSizeAs(expected.get(i).energies());
      for (int step = 0; step < expected.get(i).energies().size(); step++) {
        assertThat(actual.get(i).energies().get(step))
            .isCloseTo(expected.get(i).energies().get(step), within(1e-10));
      }
    }
  }

  /** A source that notes the sizes of the predictors it was asked for. */
  private record NotedSizes(Predictors predictors, Set<List<Integer>> sizes) implements Predictors {
    @Override
    public Predictor of(int rows) {
      return predictors.of(rows);
    }

    @Override
    public boolean canFocus() {
      return predictors.canFocus();
    }

    @Override
    public Optional<Predictor> focused(int rows, int positions) {
      throw new AssertionError("a cache expected");
    }

    @Override
    public Optional<Predictor> cached(int rows, int positions, int capacity) {
      sizes.add(List.of(rows, positions, capacity));
      return predictors.cached(rows, positions, capacity);
    }
  }

  @Test
  void afterABatchOfEachCountOfCandidatesOthersNeedNoProgramsOfNewSizes() {
    open();
    Set<List<Integer>> sizes = new HashSet<>();
    WindowedTextModality modality = (WindowedTextModality) parts.modality();
    NotedSizes noted = new NotedSizes(parts.predictors(), sizes);
    try (BatchGenerator generator = new BatchGenerator(modality, noted, true)) {
      for (int candidates : new int[] {1, 2, 4}) {
        together(generator, 4, candidates);
      }
      Set<List<Integer>> known = Set.copyOf(sizes);
      for (int texts : new int[] {3, 1, 2}) {
        for (int candidates : new int[] {3, 1, 2}) {
          together(generator, texts, candidates);
        }
      }
      assertThat(sizes).isEqualTo(known).hasSizeLessThanOrEqualTo(9);
    }
  }

  private static void together(BatchGenerator generator, int texts, int candidates) {
    for (int i = 0; i < texts; i++) {
      add(generator, new Case("abc".substring(i % 3), 2 + i, 1, candidates, i));
    }
    while (generator.advance()) {
      // Until all texts have ended.
    }
  }

  @ParameterizedTest
  @CsvSource({"autoregressive, true", "autoregressive, false", "transformer, true"})
  void textsThatJoinAndLeaveAreTheSameAsAlone(String model, boolean cached) {
    boolean thinks = model.equals("autoregressive");
    open(
        thinks
            ? new String[] {}
            : new String[] {
              "model={name: transformer, layers: 2, heads: 2, width: 8}",
              "objective=likelihood",
              "thinking=null",
              "modality.initial=null"
            });
    int steps = thinks ? 3 : 0;
    List<Case> cases = new ArrayList<>();
    List<GeneratedText> texts = new ArrayList<>();
    String[] prompts = {"a", "abc", "", "hello world", "xy", "b", "q"};
    try (BatchGenerator generator =
        cached ? BatchGenerator.of(parts) : BatchGenerator.withoutCache(parts)) {
      for (int i = 0; i < prompts.length; i++) {
        Case text = new Case(prompts[i], 2 + 3 * (i % 3), steps, thinks ? 1 + i % 2 : 1, i);
        cases.add(text);
        texts.add(add(generator, text));
        if (i >= 2) {
          generator.advance();
        }
      }
      while (generator.advance()) {}
    }
    for (int i = 0; i < cases.size(); i++) {
      assertThat(texts.get(i).ending()).contains(GeneratedText.Ending.COUNT);
      assertSameAsAlone(texts.get(i), cases.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{name: prediction-settled, divergence: 0.05}", "{name: budget, evaluations: 2}"})
  void eachTextAndCandidateStopsByItself(String rule) {
    open("thinking.stop=" + rule);
    List<Case> cases =
        List.of(new Case("ab", 5, 6, 2, 1), new Case("xyz", 5, 6, 2, 2), new Case("", 5, 6, 2, 3));
    try (BatchGenerator generator = BatchGenerator.of(parts)) {
      List<GeneratedText> texts = cases.stream().map(text -> add(generator, text)).toList();
      while (generator.advance()) {}
      for (int i = 0; i < cases.size(); i++) {
        assertSameAsAlone(texts.get(i), cases.get(i));
      }
      assertThat(texts.stream().flatMap(text -> text.tokens().stream()))
          .as("some candidates stopped early")
          .anyMatch(token -> token.evaluations() < 2 * (6 + 1));
    }
  }

  @Test
  void moreCandidatesThanABatchHoldsAreThoughtAboutInGroups() {
    open();
    Case text = new Case("ab", 2, 1, 40, 7);
    try (BatchGenerator generator = BatchGenerator.of(parts)) {
      GeneratedText generated = add(generator, text);
      while (generator.advance()) {}
      List<Double> lowest = new ArrayList<>();
      for (int candidates = 1; candidates <= 40; candidates++) {
        lowest.add(alone(new Case("ab", 1, 1, candidates, 7)).get(0).energies().get(1));
      }
      assertThat(generated.tokens().get(0).energies().get(1)).isEqualTo(lowest.get(39));
      assertThat(lowest).isSortedAccordingTo((a, b) -> Double.compare(b, a));
      assertThat(generated.tokens().get(0).evaluations()).isEqualTo(80);
    }
  }

  @Test
  void removedTextGetsNoMoreTokens() {
    open();
    try (BatchGenerator generator = BatchGenerator.of(parts)) {
      GeneratedText removed = add(generator, new Case("ab", 5, 1, 1, 1));
      GeneratedText stays = add(generator, new Case("c", 3, 1, 1, 2));
      generator.advance();
      generator.remove(removed);
      while (generator.advance()) {}
      assertThat(removed.tokens()).hasSize(1);
      assertThat(removed.ending()).contains(GeneratedText.Ending.REMOVED);
      assertSameAsAlone(stays, new Case("c", 3, 1, 1, 2));
    }
  }

  @Test
  void failureOfOneTextLeavesTheOthers() {
    open();
    try (BatchGenerator generator = BatchGenerator.of(parts)) {
      IllegalStateException thrown = new IllegalStateException("no more");
      GeneratedText fails =
          generator.add(
              new int[] {97},
              5,
              new Case("", 1, 1, 1, 1).options(),
              token -> {
                throw thrown;
              });
      GeneratedText stays = add(generator, new Case("c", 3, 1, 1, 2));
      assertThatThrownBy(() -> add(generator, new Case("c", 3, 0, 1, 2)))
          .isInstanceOf(UserException.class)
          .hasMessage("steps is 0; it must be at least 1");
      while (generator.advance()) {}
      assertThat(fails.failure()).contains(thrown);
      assertThat(stays.ending()).contains(GeneratedText.Ending.COUNT);
    }
  }

  @Test
  void textsBeyondTheMostAreRefusedUntilOneHasEnded() {
    open();
    try (BatchGenerator generator = BatchGenerator.of(parts)) {
      Case text = new Case("ab", 2, 1, 1, 1);
      List<GeneratedText> texts = new ArrayList<>();
      for (int i = 0; i < BatchGenerator.MOST_TEXTS; i++) {
        assertThat(generator.hasRoom()).isTrue();
        texts.add(add(generator, text));
      }
      assertThat(generator.hasRoom()).isFalse();
      assertThatThrownBy(() -> add(generator, text)).isInstanceOf(IllegalStateException.class);
      generator.remove(texts.get(0));
      assertThat(generator.hasRoom()).isTrue();
    }
  }
}
