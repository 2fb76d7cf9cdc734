package dev.ebt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.predict.Predictors;
import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Tensor;
import dev.ebt.text.decode.BatchGenerator;
import dev.ebt.text.decode.GeneratedText;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.text.decode.TokenSampling;
import dev.ebt.think.ThinkingCache;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The programs that text generation compiles and runs. */
class CachedGenerationTest {
  private static final int STEPS = 2;

  private final LoggingBackend backend = new LoggingBackend();

  @AfterEach
  void close() {
    backend.close();
  }

  /** Noise in every step, in evaluation too. */
  private static final class Noise implements Regularizer {
    @Override
    public boolean inEvaluation() {
      return true;
    }

    @Override
    public Tensor beforeStep(Tensor candidate, HookContext site) {
      return candidate.plus(site.normal(candidate.shape()));
    }
  }

  @Test
  void noiseInStepsIsTheSameInABatchAsAlone() {
    Predictors predictors = predictors(List.of(new Noise()));
    TextGenerator.GenerationOptions options =
        new TextGenerator.GenerationOptions(STEPS, 0, TokenSampling.likeliest(), 3);
    List<TextGenerator.GeneratedToken> alone;
    try (TextGenerator generator = TextGenerator.of(SmallText.modality(), predictors, false)) {
      alone = generator.generate(new int[] {2}, 4, options, token -> true);
    }
    try (BatchGenerator generator = new BatchGenerator(SmallText.modality(), predictors, true)) {
      generator.add(new int[] {0, 1}, 9, options, token -> true);
      generator.advance();
      GeneratedText text = generator.add(new int[] {2}, 4, options, token -> true);
      while (!text.ended()) {
        generator.advance();
      }
      for (int i = 0; i < alone.size(); i++) {
        assertThat(text.tokens().get(i).token()).isEqualTo(alone.get(i).token());
        assertThat(text.tokens().get(i).energies().get(STEPS))
            .isCloseTo(alone.get(i).energies().get(STEPS), within(1e-10));
      }
    }
  }

  @Test
  void candidatesThatHaveStoppedAreNotEvaluated() {
    Predictors predictors = predictors(List.of(new Noise()));
    TextGenerator.GenerationOptions options =
        new TextGenerator.GenerationOptions(12, 0.5, TokenSampling.likeliest(), 8).compacted(true);
    List<List<TextGenerator.GeneratedToken>> both = new ArrayList<>();
    List<Integer> evaluated = new ArrayList<>();
    for (boolean cached : List.of(false, true)) {
      try (BatchGenerator generator =
          new BatchGenerator(SmallText.modality(), predictors, cached)) {
        List<GeneratedText> texts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          texts.add(generator.add(new int[] {i, 1}, 3, options, token -> true));
        }
        backend.stepped();
        while (generator.advance()) {}
        evaluated.add(backend.stepped());
        both.add(texts.stream().flatMap(text -> text.tokens().stream()).toList());
      }
    }
    int needed = 0;
    for (int i = 0; i < both.get(0).size(); i++) {
      TextGenerator.GeneratedToken whole = both.get(0).get(i);
      TextGenerator.GeneratedToken compacted = both.get(1).get(i);
      assertThat(compacted.token()).isEqualTo(whole.token());
      assertThat(compacted.evaluations()).isEqualTo(whole.evaluations());
      assertThat(compacted.energies()).hasSameSizeAs(whole.energies());
      assertThat(compacted.energies().get(0)).isCloseTo(whole.energies().get(0), within(1e-10));
      needed += whole.evaluations() - 8; // One of each candidate is that of its final energy.
    }
    assertThat(evaluated.get(1)).isGreaterThanOrEqualTo(needed);
    assertThat(evaluated.get(1)).isLessThan(evaluated.get(0) * 2 / 3);
  }

  @Test
  void textThatJoinsABatchIsObservedByItselfAndCopied() {
    TextGenerator.GenerationOptions options =
        new TextGenerator.GenerationOptions(STEPS, 0, TokenSampling.likeliest());
    try (BatchGenerator generator =
        new BatchGenerator(SmallText.modality(), predictors(List.of()), true)) {
      generator.add(new int[] {0, 1, 2}, 5, options, token -> true);
      generator.advance();
      assertThat(backend.appended()).containsExactly("append6", "think2");
      generator.add(new int[] {3, 4}, 5, options, token -> true);
      generator.advance();
      assertThat(backend.appended()).containsExactly("think2", "append6", "think2");
      generator.advance();
      assertThat(backend.appended()).as("one element of both").containsExactly("think2");
      int compiled = backend.compiled();
      generator.advance();
      assertThat(backend.compiled()).isEqualTo(compiled);
    }
  }

  @Test
  void stepsOfOneProgramHaveTheSizesOfStepsOneByOne() {
    ThinkingMethod thinking =
        ThinkingMethod.of(
            ThinkingHyperparameters.builder()
                .landscapes(STEPS)
                .stepSize(1.5)
                .learnStepSize(true)
                .updateRule(ThinkingMethod.UpdateRule.MIRROR)
                .stepSizeFactors(List.of(1.0, 0.5))
                .build());
    List<Double> usual = energies(predictors(List.of()), true);
    List<Double> cached = energies(predictors(thinking, List.of()), true);
    List<Double> whole = energies(predictors(thinking, List.of()), false);
    for (int step = 0; step <= STEPS; step++) {
      assertThat(cached.get(step)).isCloseTo(whole.get(step), within(1e-10));
    }
    assertThat(cached.subList(0, STEPS)).isEqualTo(usual.subList(0, STEPS));
    assertThat(cached.get(STEPS)).isGreaterThan(usual.get(STEPS));
  }

  /** Returns the energies of the first token after a prompt. */
  private static List<Double> energies(Predictors predictors, boolean cached) {
    TextGenerator.GenerationOptions options =
        new TextGenerator.GenerationOptions(STEPS, 0, TokenSampling.likeliest(), 1);
    try (TextGenerator generator = TextGenerator.of(SmallText.modality(), predictors, cached)) {
      return generator.generate(new int[] {2}, 1, options, token -> true).get(0).energies();
    }
  }

  private Predictors predictors(List<Regularizer> regularizers) {
    return predictors(SmallText.thinking(ThinkingMethod.UpdateRule.MIRROR), regularizers);
  }

  private Predictors predictors(ThinkingMethod thinking, List<Regularizer> regularizers) {
    SmallText.initialize(
        backend,
        SmallText.trainingProblem(LandscapeConditioning.NONE, ThinkingMethod.UpdateRule.MIRROR));
    return new ThinkingCache(
            backend,
            SmallText.modality(),
            SmallText.model(LandscapeConditioning.NONE),
            thinking,
            regularizers)
        .predictors();
  }

  private TextGenerator generator(boolean cached) {
    return TextGenerator.of(SmallText.modality(), predictors(List.of()), cached);
  }

  private static List<Integer> generate(
      TextGenerator generator, String prompt, int count, TokenSampling sampling) {
    return generator
        .generate(
            generator.tokenizer().encode(prompt),
            count,
            new TextGenerator.GenerationOptions(STEPS, 0, sampling),
            token -> true)
        .stream()
        .map(TextGenerator.GeneratedToken::token)
        .toList();
  }

  @Test
  void eachGeneratedTokenIsAppendedOnce() {
    try (TextGenerator generator = generator(true)) {
      generate(generator, "abc", 4, TokenSampling.likeliest());
      assertThat(backend.appended())
          .containsExactly("append6", "think2", "think2", "think2", "think2");
    }
  }

  @Test
  void withoutCacheNothingIsAppended() {
    try (TextGenerator generator = generator(false)) {
      generate(generator, "abc", 4, TokenSampling.likeliest());
      assertThat(backend.appended()).isEmpty();
    }
  }

  @Test
  void programsAreCompiledWhenATextNeedsThem() {
    try (TextGenerator generator = generator(true)) {
      int before = backend.compiled();
      generate(generator, "a", 1, TokenSampling.likeliest());
      assertThat(backend.compiled()).isGreaterThan(before);
      assertThat(before).as("programs of a text that nobody asked for").isZero();
    }
  }

  @Test
  void repetitionPenaltySparesTheTokenInPlaceOfAnEmptyPrompt() {
    List<List<Integer>> plain = new ArrayList<>();
    List<List<Integer>> penalized = new ArrayList<>();
    List<List<Integer>> afterPrompt = new ArrayList<>();
    try (TextGenerator generator = generator(true)) {
      for (long seed = 0; seed < 60; seed++) {
        TokenSampling penalty = new TokenSampling(20.0, null, null, null, 1e3, seed);
        plain.add(generate(generator, "", 1, new TokenSampling(20.0, null, null, seed)));
        penalized.add(generate(generator, "", 1, penalty));
        afterPrompt.add(generate(generator, "a", 1, penalty));
      }
    }
    assertThat(penalized).isEqualTo(plain).isNotEqualTo(afterPrompt);
  }
}
