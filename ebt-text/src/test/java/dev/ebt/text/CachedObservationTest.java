package dev.ebt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.model.AutoregressiveEnergy;
import dev.ebt.model.TransformerPlusPlus;
import dev.ebt.model.TransformerSettings;
import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.predict.Predictor;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.text.window.TrainingWindows;
import dev.ebt.think.CachedPredictor;
import dev.ebt.think.DirectPredictor;
import dev.ebt.think.Thinker;
import dev.ebt.think.ThinkingCache;
import dev.ebt.train.EnergyObjective;
import dev.ebt.train.TrainingProblem;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key/value cache changes no number, whatever was in it before, and observes elements once. */
class CachedObservationTest {
  private static final int ROWS = 3;
  private static final int LENGTH = SmallText.LENGTH;

  private final LoggingBackend backend = new LoggingBackend();

  @AfterEach
  void close() {
    backend.close();
  }

  private ThinkingCache programs(LandscapeConditioning conditioning, boolean addPrevious) {
    AutoregressiveEnergy model =
        new AutoregressiveEnergy(
            new TransformerSettings(
                null, 2, 2, 8, null, conditioning, null, null, null, addPrevious, null),
            2);
    ThinkingMethod thinking = SmallText.thinking(ThinkingMethod.UpdateRule.MIRROR);
    SmallText.initialize(
        backend,
        new TrainingProblem(
            SmallText.modality(),
            model,
            EnergyObjective.system1(new EnergyObjective.Settings(2)),
            thinking,
            List.of()));
    return new ThinkingCache(backend, SmallText.modality(), model, thinking, List.of());
  }

  @ParameterizedTest
  @CsvSource({"NONE, false", "TIME_EMBED, true", "ADALN, false", "ADALN_ZERO, true", "NONE, true"})
  void anyContextsInAnyOrderHaveTheNumbersOfWholeWindows(
      LandscapeConditioning conditioning, boolean addPrevious) {
    ThinkingCache programs = programs(conditioning, addPrevious);
    Random random = new Random(7);
    long[] tokens = new long[ROWS * LENGTH];
    try (Thinker whole = programs.of(ROWS, 1).session();
        Thinker cached = programs.cached(ROWS, 1, LENGTH).orElseThrow().session()) {
      for (int round = 0; round < 12; round++) {
        tokens = tokens.clone();
        for (int changes = random.nextInt(4); changes > 0; changes--) {
          tokens[random.nextInt(tokens.length)] = random.nextInt(SmallText.VOCABULARY);
        }
        long[] last = random.longs(ROWS, 0, LENGTH).toArray();
        assertSame(whole, cached, tokens, last, random.nextInt(4));
      }
    }
  }

  private static void assertSame(
      Thinker whole, Thinker cached, long[] tokens, long[] last, int steps) {
    for (Thinker thinker : List.of(whole, cached)) {
      thinker.observe(SmallText.tokens(tokens));
      thinker.focus(Array.of(Shape.of(ROWS, 1), last));
    }
    for (long seed = 0; seed < 2; seed++) {
      whole.begin(seed);
      cached.begin(seed);
      for (int step = 0; step < steps; step++) {
        assertClose(cached.step(), whole.step());
      }
      assertClose(cached.energy(), whole.energy());
      assertClose(cached.candidate(), whole.candidate());
    }
  }

  @Test
  void aCacheSmallerThanTheWindowHasTheSameNumbers() {
    ThinkingCache programs = programs(LandscapeConditioning.TIME_EMBED, true);
    try (Thinker whole = programs.of(1, 1).session();
        Thinker cached = programs.cached(1, 1, 3).orElseThrow().session()) {
      whole.observe(SmallText.tokens(4, 1, 2, 0, 0, 0));
      cached.observe(Map.of(TrainingWindows.TOKENS, Array.of(Shape.of(1, 3), 4L, 1L, 2L)));
      for (Thinker thinker : List.of(whole, cached)) {
        thinker.focus(Array.of(Shape.of(1, 1), 2L));
        thinker.begin(1);
      }
      for (int step = 0; step < 3; step++) {
        assertClose(cached.step(), whole.step());
      }
    }
  }

  @Test
  void severalCandidatesOfOneRowReadOneCache() {
    ThinkingCache programs = programs(LandscapeConditioning.NONE, true);
    try (Thinker whole = programs.of(1, 3).session();
        Thinker cached = programs.cached(1, 3, LENGTH).orElseThrow().session()) {
      for (Thinker thinker : List.of(whole, cached)) {
        thinker.observe(SmallText.tokens(4, 1, 2, 0, 0, 0));
        thinker.focus(Array.of(Shape.of(1, 3), 2L, 2L, 2L));
        thinker.begin(1);
      }
      for (int step = 0; step < 3; step++) {
        assertClose(cached.step(), whole.step());
      }
    }
  }

  @Test
  void eachElementIsAppendedOnceInEveryLandscape() {
    ThinkingCache programs = programs(LandscapeConditioning.ADALN, false);
    try (Thinker cached = programs.cached(1, 1, LENGTH).orElseThrow().session()) {
      think(cached, 2, 4, 1, 2);
      assertThat(backend.appended()).containsExactly("append6", "append6");
      think(cached, 2, 4, 1, 2);
      assertThat(backend.appended()).isEmpty();
      think(cached, 3, 4, 1, 2, 3);
      think(cached, 4, 4, 1, 2, 3, 0);
      assertThat(backend.appended()).containsExactly("append1", "append1", "append1", "append1");
    }
  }

  @Test
  void contextThatTheCallerChangesInPlaceIsNotMistakenForTheOneBefore() {
    TransformerPlusPlus baseline = new TransformerPlusPlus(TransformerSettings.of(2, 2, 8));
    TrainingStepper.initialize(
        backend, DirectPredictor.parameters(SmallText.modality(), baseline), 5);
    ThinkingCache programs = programs(LandscapeConditioning.NONE, false);
    try (Thinker whole = programs.of(1, 1).session();
        Thinker cached = programs.cached(1, 1, LENGTH).orElseThrow().session();
        CachedPredictor direct =
            new CachedPredictor(backend, SmallText.modality(), baseline, 1, LENGTH)) {
      long[] tokens = {4, 1, 2, 0, 0, 0};
      Map<String, Array> context = SmallText.tokens(tokens);
      Array before = seen(direct, context);
      seen(cached, context);
      tokens[1] = 3;
      assertClose(seen(cached, context), seen(whole, context));
      Array after = seen(direct, context);
      assertThat(after).isNotEqualTo(before);
      direct.forget();
      assertThat(after).isEqualTo(seen(direct, context));
    }
  }

  /** Returns the candidate at the third position. */
  private static Array seen(Predictor predictor, Map<String, Array> context) {
    predictor.observe(context);
    predictor.focus(Array.of(Shape.of(1, 1), 2L));
    predictor.begin(1);
    predictor.reach(predictor.thinks() ? 2 : 0, 0);
    return predictor.candidate();
  }

  @Test
  void nothingIsCompiledWhileContextsGrow() {
    ThinkingCache programs = programs(LandscapeConditioning.ADALN, false);
    try (Thinker cached = programs.cached(1, 1, LENGTH).orElseThrow().session()) {
      int compiled = backend.compiled();
      for (int last = 0; last < LENGTH; last++) {
        think(cached, last, 4, 1, 2, 3, 0, 1);
      }
      assertThat(backend.compiled()).isEqualTo(compiled);
      programs.cached(1, 1, LENGTH).orElseThrow().session().close();
      assertThat(backend.compiled()).isEqualTo(compiled);
    }
  }

  @Test
  void closedSessionsLeaveNoVariables() {
    ThinkingCache programs = programs(LandscapeConditioning.ADALN, true);
    Thinker cached = programs.cached(1, 1, LENGTH).orElseThrow().session();
    think(cached, 1, 4, 1);
    cached.close();
    assertThat(backend.released()).contains("thinking.0.landscape1.observed.layers.1.keys");
  }

  private static void think(Thinker thinker, long last, long... tokens) {
    long[] window = new long[LENGTH];
    System.arraycopy(tokens, 0, window, 0, tokens.length);
    thinker.observe(SmallText.tokens(window));
    thinker.focus(Array.of(Shape.of(1, 1), last));
    thinker.begin(1);
    thinker.reach(2, 0);
  }

  private static void assertClose(Array actual, Array expected) {
    assertThat(actual.doubles()).containsExactly(expected.doubles(), within(1e-10));
  }
}
