package dev.ebt.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.predict.Predictors;
import dev.ebt.step.ThinkingMethod;
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

  private TextGenerator generator(boolean cached) {
    ThinkingMethod thinking = SmallText.thinking(ThinkingMethod.UpdateRule.MIRROR);
    SmallText.initialize(
        backend,
        SmallText.trainingProblem(LandscapeConditioning.NONE, ThinkingMethod.UpdateRule.MIRROR));
    Predictors predictors =
        new ThinkingCache(
                backend,
                SmallText.modality(),
                SmallText.model(LandscapeConditioning.NONE),
                thinking,
                List.of())
            .predictors();
    return TextGenerator.of(SmallText.modality(), predictors, cached);
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
      assertThat(backend.appended()).containsExactly("append6", "append1", "append1", "append1");
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
