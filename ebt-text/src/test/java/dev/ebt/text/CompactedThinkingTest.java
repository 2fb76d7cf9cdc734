package dev.ebt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.Predictors;
import dev.ebt.predict.ThinkingTrace;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.text.window.TrainingWindows;
import dev.ebt.think.CompactedThinking;
import dev.ebt.train.TrainingStepper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Thinking that leaves out stopped predictions, against thinking with all of them. */
class CompactedThinkingTest {
  private static final int STEPS = 12;
  private static final int CAPACITY = 8;

  private Components components;
  private Predictors predictors;

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
                model: {name: autoregressive, layers: 1, heads: 2, width: 8, conditioning: time_embed}
                thinking: {landscapes: 1, stepSize: 2, updateRule: mirror}
                """,
                Overrides.of(overrides)));
    RunParts parts = components.get(RunParts.class);
    TrainingStepper.initialize(parts.backend(), parts.parameters(), 9);
    predictors = parts.predictors();
  }

  @AfterEach
  void close() {
    components.close();
  }

  /** A batch of texts with candidates, some of which are padding. */
  private record Case(int rows, int positions, double tolerance) {
    Map<String, Array> context() {
      long[] tokens = new long[rows * CAPACITY];
      for (int i = 0; i < tokens.length; i++) {
        tokens[i] = 97 + (i * 7 + i / CAPACITY * 3) % 20;
      }
      return Map.of(TrainingWindows.TOKENS, Array.of(Shape.of(rows, CAPACITY), tokens));
    }

    Array focus() {
      long[] last = new long[rows * positions];
      Arrays.setAll(last, i -> 2 + i / positions % 5);
      return Array.of(Shape.of(rows, positions), last);
    }

    Array seeds() {
      return Array.of(
          Shape.of(rows, positions), IntStream.range(0, rows * positions).asLongStream().toArray());
    }

    boolean[] wanted() {
      boolean[] wanted = new boolean[rows * positions];
      Arrays.fill(wanted, true);
      return wanted;
    }
  }

  private Predictor opened(Case batch) {
    Predictor predictor =
        predictors.cached(batch.rows(), batch.positions(), CAPACITY).orElseThrow();
    predictor.observe(batch.context());
    predictor.focus(batch.focus());
    return predictor;
  }

  /** The sizes that steps were computed at, and their predictors. */
  private final class Sizes implements CompactedThinking.Smaller, AutoCloseable {
    private final Map<List<Integer>, Predictor> open = new LinkedHashMap<>();

    @Override
    public Predictor of(int rows, int positions) {
      return open.computeIfAbsent(
          List.of(rows, positions),
          size -> predictors.cached(rows, positions, CAPACITY).orElseThrow());
    }

    @Override
    public void close() {
      open.values().forEach(Predictor::close);
    }
  }

  private static List<Integer> evaluations(ThinkingTrace trace, int count) {
    return IntStream.range(0, count).map(trace::evaluations).boxed().collect(Collectors.toList());
  }

  private void assertSame(Case batch) {
    int count = batch.rows() * batch.positions();
    try (Predictor plain = opened(batch);
        Predictor whole = opened(batch);
        Sizes sizes = new Sizes()) {
      ThinkingTrace expected = plain.think(batch.seeds(), STEPS, batch.tolerance(), true);
      ThinkingTrace actual =
          new CompactedThinking(whole, batch.context(), batch.focus(), sizes)
              .think(batch.seeds(), batch.wanted(), STEPS, batch.tolerance(), true);
      assertThat(evaluations(actual, count)).isEqualTo(evaluations(expected, count));
      assertThat(evaluations(expected, count).stream().distinct().count())
          .as("some stop before others")
          .isGreaterThan(1);
      for (int i = 0; i < count; i++) {
        assertClose(actual.energies(i), expected.energies(i));
      }
      assertThat(whole.candidate().shape()).isEqualTo(plain.candidate().shape());
      assertClose(doubles(whole.candidate()), doubles(plain.candidate()));
      assertClose(doubles(whole.selectionScores()), doubles(plain.selectionScores()));
      assertThat(sizes.open)
          .as("smaller batches, with evaluations " + evaluations(expected, count))
          .isNotEmpty();
    }
  }

  private static List<Double> doubles(Array values) {
    return Arrays.stream(values.doubles()).boxed().toList();
  }

  private static void assertClose(List<Double> actual, List<Double> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).isCloseTo(expected.get(i), within(1e-9));
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 1, 0.01", "1, 8, 0.01", "4, 4, 0.03", "4, 4, 0.1", "3, 5, 0.03"})
  void predictionsAreThoseOfTheWholeBatch(int rows, int positions, double tolerance) {
    open();
    assertSame(new Case(rows, positions, tolerance));
  }

  @Test
  void soAreTheyWithARuleThatKeepsState() {
    open("thinking.stop={name: patience, steps: 2, tolerance: 0.02}");
    assertSame(new Case(4, 4, 0));
  }

  @Test
  void soAreTheyWithMomentumAndAnotherSelection() {
    open("thinking.optimizer=nesterov", "thinking.select=largest-fall");
    assertSame(new Case(1, 8, 0.03));
  }
}
