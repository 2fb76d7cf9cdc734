package dev.ebt.text.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.text.window.TrainingWindows;
import dev.ebt.think.Thinker;
import dev.ebt.train.TrainingStepper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writing with thinking about one position only, against thinking about all of them. */
class TextGeneratorTest {
  private static final int LENGTH = 8;
  private static final int STEPS = 3;
  private static final TextGenerator.GenerationOptions LIKELIEST =
      new TextGenerator.GenerationOptions(STEPS, 0, TokenSampling.likeliest());

  private Components components;
  private RunParts parts;

  @BeforeEach
  void open() {
    open(Overrides.none());
  }

  private void open(Overrides overrides) {
    components =
        Components.of(
            Plugins.discover(List.of()),
            Configurations.parse(
                Plugins.discover(List.of()),
                "test",
                """
                backend: reference
                modality: {name: text, length: 8, initial: zeros}
                model: {name: autoregressive, layers: 2, heads: 2, width: 8, conditioning: time_embed}
                thinking: {landscapes: 2, stepSize: 2, updateRule: mirror}
                """,
                overrides));
    parts = components.get(RunParts.class);
    TrainingStepper.initialize(parts.backend(), parts.parameters(), 9);
  }

  @AfterEach
  void close() {
    components.close();
  }

  /** The energies of a position before each step and after the last, from a thinker of all. */
  private List<Double> energies(int[] text, int position) {
    long[] window = new long[LENGTH];
    for (int i = 0; i < text.length; i++) {
      window[i] = text[i];
    }
    List<Double> energies = new ArrayList<>();
    try (Thinker thinker = parts.thinker(1)) {
      thinker.observe(Map.of(TrainingWindows.TOKENS, Array.of(Shape.of(1, LENGTH), window)));
      thinker.begin(0L);
      for (int i = 0; i < STEPS; i++) {
        energies.add(thinker.step().real(position));
      }
      energies.add(thinker.energy().real(position));
    }
    return energies;
  }

  private List<TextGenerator.GeneratedToken> generate(
      String prompt, int count, TextGenerator.GenerationOptions options) {
    try (TextGenerator generator = TextGenerator.of(parts)) {
      return generator.generate(generator.tokenizer().encode(prompt), count, options, c -> true);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "abc", "abcdefgh"})
  void focusedPositionHasTheEnergiesThatItHasAmongAll(String prompt) {
    TextGenerator.GeneratedToken chosen = generate(prompt, 1, LIKELIEST).get(0);
    List<Double> expected = energies(prompt.chars().toArray(), prompt.length() - 1);
    assertThat(chosen.energies()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(chosen.energies().get(i)).isCloseTo(expected.get(i), within(1e-12));
    }
    assertThat(chosen.energies().get(STEPS)).as("thinking moves").isNotEqualTo(expected.get(0));
  }

  @Test
  void positionsOfAddedPreviousEmbeddingsHaveTheEnergiesThatTheyHaveAmongAll() {
    components.close();
    open(
        Overrides.of(
            "model.addPreviousEmbedding=true",
            "model.head=dot-product",
            "modality.temperature=0.5"));
    focusedPositionHasTheEnergiesThatItHasAmongAll("abc");
  }

  @Test
  void finalEnergyIsComputedOnlyWhereItIsUsed() {
    assertThat(generate("abc", 1, LIKELIEST.withoutFinalEnergy()).get(0).energies())
        .isEqualTo(generate("abc", 1, LIKELIEST).get(0).energies().subList(0, STEPS));
    reopen("autoregressive", "modality.initial=noise");
    TextGenerator.GenerationOptions several =
        new TextGenerator.GenerationOptions(STEPS, 0, TokenSampling.likeliest(), 3);
    TextGenerator.GeneratedToken full = generate("abc", 1, several).get(0);
    TextGenerator.GeneratedToken plain = generate("abc", 1, several.withoutFinalEnergy()).get(0);
    assertThat(plain.token()).isEqualTo(full.token());
    assertThat(plain.energies()).as("needed for the selection").isEqualTo(full.energies());
  }

  @Test
  void candidatesAndLikeliestTokensAreThoseOfTheSelection() {
    reopen("autoregressive", "modality.initial=noise");
    TextGenerator.GenerationOptions several =
        new TextGenerator.GenerationOptions(STEPS, 0, TokenSampling.likeliest(), 3);
    TextGenerator.GeneratedToken chosen = generate("abc", 1, several).get(0);

    assertThat(chosen.candidates()).hasSize(3);
    assertThat(chosen.candidates().stream().filter(TextGenerator.TokenCandidate::selected))
        .singleElement()
        .satisfies(
            selected -> {
              assertThat(selected.energies()).isEqualTo(chosen.energies());
              assertThat(selected.likeliest()).isEqualTo(chosen.token());
            });
    assertThat(chosen.likely().get(0))
        .isEqualTo(new LikelyToken(chosen.token(), chosen.probability()));
  }

  @Test
  void ofALongTextOnlyItsEndIsSeen() {
    assertThat(generate("xyz0123abcdefgh", 1, LIKELIEST))
        .isEqualTo(generate("abcdefgh", 1, LIKELIEST));
    assertThat(generate("xbcdefgh", 1, LIKELIEST)).isNotEqualTo(generate("abcdefgh", 1, LIKELIEST));
  }

  @Test
  void writesOnFromWhatItWrote() {
    List<TextGenerator.GeneratedToken> two = generate("abc", 2, LIKELIEST);
    int[] longer = Arrays.copyOf("abc".chars().toArray(), 4);
    longer[3] = two.get(0).token();
    List<Double> expected = energies(longer, 3);
    assertThat(two.get(1).energies().get(STEPS)).isCloseTo(expected.get(STEPS), within(1e-12));
  }

  @Test
  void sameSeedWritesTheSameAndAnotherSomethingElse() {
    TextGenerator.GenerationOptions options =
        new TextGenerator.GenerationOptions(1, 0, new TokenSampling(5.0, null, null, 1L));
    TextGenerator.GenerationOptions other =
        new TextGenerator.GenerationOptions(1, 0, new TokenSampling(5.0, null, null, 2L));
    assertThat(generate("", 12, options)).isEqualTo(generate("", 12, options));
    assertThat(generate("", 12, options)).isNotEqualTo(generate("", 12, other));
  }

  @Test
  void toleranceEndsThinkingWhenTheEnergyHasSettled() {
    TextGenerator.GenerationOptions options =
        new TextGenerator.GenerationOptions(20, 1e9, TokenSampling.likeliest());
    assertThat(generate("abc", 1, options).get(0).energies())
        .as("the second step finds that the first changed too little")
        .hasSize(2);
  }

  @Test
  void ofSeveralCandidatesForATokenTheLowestEnergyIsTaken() {
    components.close();
    open(Overrides.of("modality.initial=noise"));
    List<Double> gains = new ArrayList<>();
    for (String prompt : List.of("a", "ab", "abc", "abcd")) {
      TextGenerator.GeneratedToken one = generate(prompt, 1, LIKELIEST).get(0);
      TextGenerator.GeneratedToken best =
          generate(
                  prompt,
                  1,
                  new TextGenerator.GenerationOptions(STEPS, 0, TokenSampling.likeliest(), 6))
              .get(0);
      assertThat(
              generate(
                      prompt,
                      1,
                      new TextGenerator.GenerationOptions(STEPS, 0, TokenSampling.likeliest(), 1))
                  .get(0))
          .isEqualTo(one);
      assertThat(best.energies()).hasSize(STEPS + 1);
      gains.add(one.energies().get(STEPS) - best.energies().get(STEPS));
    }
    assertThat(gains).allMatch(gain -> gain >= 0).anyMatch(gain -> gain > 0);
    assertThatThrownBy(
            () -> new TextGenerator.GenerationOptions(STEPS, 0, TokenSampling.likeliest(), 0))
        .hasMessage("candidates is 0; at least 1 expected");
  }

  @ParameterizedTest
  @CsvSource({
    "autoregressive, HALF",
    "autoregressive, SLIDE",
    "autoregressive, STOP",
    "transformer, HALF",
    "transformer, SLIDE"
  })
  void cacheWritesTheSameAsWholeWindowsBeyondTheWindowToo(String model, FullWindow window) {
    boolean thinks = model.equals("autoregressive");
    reopen(model, "modality.initial=noise");
    TextGenerator.GenerationOptions options =
        new TextGenerator.GenerationOptions(
            thinks ? STEPS : 0,
            0,
            new TokenSampling(2.0, null, null, 3L),
            thinks ? 2 : 1,
            window,
            true);
    for (String prompt : List.of("ab", "abcdefghij", "ab")) {
      List<TextGenerator.GeneratedToken> cached = generate(prompt, 20, options);
      List<TextGenerator.GeneratedToken> whole;
      try (TextGenerator generator = TextGenerator.withoutCache(parts)) {
        whole =
            generator.generate(generator.tokenizer().encode(prompt), 20, options, token -> true);
      }
      assertThat(cached).hasSize(window != FullWindow.STOP ? 20 : prompt.length() == 2 ? 7 : 1);
      assertThat(cached).hasSameSizeAs(whole);
      for (int i = 0; i < whole.size(); i++) {
        assertThat(cached.get(i).token()).isEqualTo(whole.get(i).token());
        assertThat(cached.get(i).probability()).isCloseTo(whole.get(i).probability(), within(1e-6));
        for (int step = 0; step < whole.get(i).energies().size(); step++) {
          assertThat(cached.get(i).energies().get(step))
              .isCloseTo(whole.get(i).energies().get(step), within(1e-10));
        }
      }
    }
  }

  private void reopen(String model, String... overrides) {
    components.close();
    List<String> all = new ArrayList<>(List.of(overrides));
    if (!model.equals("autoregressive")) {
      all.add("model={name: " + model + ", layers: 2, heads: 2, width: 8}");
      all.add("objective=likelihood");
    }
    open(Overrides.of(all.toArray(String[]::new)));
  }

  @Test
  void aTextAfterAnUpdateOfTheParametersIsThatOfTheNewOnes() {
    TextGenerator.GeneratedToken before;
    TextGenerator.GeneratedToken after;
    try (TextGenerator generator = TextGenerator.of(parts)) {
      int[] prompt = generator.tokenizer().encode("abc");
      before = generator.generate(prompt, 1, LIKELIEST, token -> true).get(0);
      TrainingStepper.initialize(parts.backend(), parts.parameters(), 10);
      after = generator.generate(prompt, 1, LIKELIEST, token -> true).get(0);
    }
    assertThat(after).isEqualTo(generate("abc", 1, LIKELIEST).get(0)).isNotEqualTo(before);
  }

  @Test
  void countBeyondTheGreatestIsRefused() {
    for (int count : new int[] {-1, 1_100_000_000, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> generate("abc", count, LIKELIEST))
          .isInstanceOf(UserException.class)
          .hasMessage("count is " + count + "; 0 to 1000000 expected");
    }
  }

  @ParameterizedTest
  @CsvSource({
    // prompt, tokens so far, window: the first observed token goes on by half a window
    "3, 3, 8, 0",
    "3, 8, 8, 0",
    "3, 9, 8, 4",
    "3, 12, 8, 4",
    "3, 13, 8, 8",
    "20, 20, 8, 12",
    "20, 21, 8, 16",
    "1, 2, 1, 1",
    "1, 4, 3, 2"
  })
  void fullWindowIsHalvedAtFixedPlaces(int prompt, int end, int length, int first) {
    assertThat(FullWindow.HALF.first(prompt, end, length)).isEqualTo(first);
    assertThat(end - first).isBetween(1, length);
  }
}
