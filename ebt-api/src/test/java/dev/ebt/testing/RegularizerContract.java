package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.modality.Batch;
import dev.ebt.nn.Parameters;
import dev.ebt.regularize.EnergyAndGradient;
import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.regularize.ReplayBuffer;
import dev.ebt.regularize.ReplayRows;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of regularizers: hooks depend on their key only, shapes are preserved,
 * derivatives are finite, predictions never mix, plans name existing landscapes only, and every
 * objective output has the same parameters; a replay buffer recalls rows unchanged and resumes from
 * saved state. The test of a regularizer extends this class and inherits all tests.
 */
public abstract class RegularizerContract {
  private static final int ROWS = 3;
  private static final int WIDTH = 2;
  private static final PointModality MEMORABLE = new PointModality(Shape.of(2), 3);
  private static final List<Shape> PREDICTIONS = List.of(Shape.scalar(), Shape.of(4));

  /** Returns the regularizer in every combination of settings with distinct behaviour. */
  protected abstract List<? extends Regularizer> regularizers();

  @Test
  final void sameKeySameThinking() {
    forEach(
        (thinking, start) ->
            assertThat(thinking.learning(start, List.of(0, 1, 1), 5))
                .isEqualTo(thinking.learning(start, List.of(0, 1, 1), 5)));
  }

  @Test
  final void aTrainedModelThinksTheSameTwice() {
    forEach(
        (thinking, start) ->
            assertThat(thinking.evaluating(start, 3)).isEqualTo(thinking.evaluating(start, 3)));
  }

  @Test
  final void planIsAFunctionOfTheGenerator() {
    for (Regularizer regularizer : regularizers()) {
      for (int seed = 0; seed < 20; seed++) {
        assertThat(regularizer.stepPlan(List.of(0, 1, 2), new SplittableRandom(seed)))
            .as("%s, seed %d", regularizer, seed)
            .isEqualTo(regularizer.stepPlan(List.of(0, 1, 2), new SplittableRandom(seed)));
      }
    }
  }

  @Test
  final void planHasStepsInKnownLandscapesOnly() {
    for (Regularizer regularizer : regularizers()) {
      for (int landscapes = 1; landscapes <= 4; landscapes++) {
        List<Integer> plan = IntStream.range(0, landscapes).boxed().toList();
        for (int seed = 0; seed < 20; seed++) {
          assertThat(regularizer.stepPlan(plan, new SplittableRandom(seed)))
              .as("%s, %d landscapes, seed %d", regularizer, landscapes, seed)
              .isNotEmpty()
              .isSubsetOf(plan);
        }
      }
      assertThat(regularizer.stepPlan(List.of(), new SplittableRandom(0)))
          .as("%s, nothing to think", regularizer)
          .isEmpty();
    }
  }

  @Test
  final void hooksKeepShapes() {
    for (Regularizer regularizer : regularizers()) {
      for (Shape inner : PREDICTIONS) {
        Shape predictions = Shape.of(ROWS).plus(inner.toIntArray());
        Tensor key = Tensor.input("key", Shape.of(2), ElementType.INTEGER);
        HookContext site = new HookContext(0, predictions, key, 7, new Parameters());
        Tensor candidate = Tensor.input("candidate", predictions.plus(WIDTH), ElementType.REAL);
        Tensor common = Tensor.constant(0.5);
        Tensor own = Tensor.input("own", predictions, ElementType.REAL);
        assertThat(regularizer.stepSize(common, site).shape())
            .as("%s, one step size", regularizer)
            .isIn(Shape.scalar(), predictions);
        assertThat(regularizer.stepSize(own, site).shape())
            .as("%s, step sizes", regularizer)
            .isEqualTo(predictions);
        Tensor energy = candidate.square().sum(-1);
        EnergyAndGradient slope =
            new EnergyAndGradient(energy, candidate, Gradients.of(energy, candidate));
        assertThat(regularizer.stepSize(common, slope, site).shape())
            .as("%s, one step size on a slope", regularizer)
            .isIn(Shape.scalar(), predictions);
        assertThat(regularizer.stepSize(own, slope, site).shape())
            .as("%s, step sizes on a slope", regularizer)
            .isEqualTo(predictions);
        assertThat(regularizer.loss(own, energy).shape())
            .as("%s, loss", regularizer)
            .isEqualTo(predictions);
        assertThat(regularizer.beforeStep(candidate, site).shape())
            .as("%s, candidate", regularizer)
            .isEqualTo(candidate.shape());
        for (Tensor size : List.of(common, own.reshape(predictions.plus(1)))) {
          assertThat(regularizer.gradient(candidate, size, site).shape())
              .as("%s, gradient", regularizer)
              .isEqualTo(candidate.shape());
        }
      }
    }
  }

  /** The backend checks that all derivatives are finite. */
  @Test
  final void derivativesAreFiniteAndReachTheStart() {
    forEach(
        (thinking, start) -> {
          Array derivative = thinking.learning(start, List.of(0, 1, 1), 5).get("derivative");
          assertThat(Arrays.stream(derivative.doubles())).as("%s", thinking).anyMatch(d -> d != 0);
        });
  }

  @Test
  final void predictionsDoNotMix() {
    forEach(
        (thinking, start) -> {
          double[] changed = start.doubles().clone();
          changed[0] += 0.25;
          changed[1] -= 20;
          Map<String, Array> before = thinking.learning(start, List.of(0, 1, 1), 5);
          Map<String, Array> after =
              thinking.learning(Array.of(start.shape(), changed), List.of(0, 1, 1), 5);
          assertThat(after.get("candidate.2")).isNotEqualTo(before.get("candidate.2"));
          for (String name : before.keySet()) {
            if (!name.startsWith("derivative.")) {
              assertThat(others(after.get(name)))
                  .as("%s, %s of the predictions left alone", thinking, name)
                  .isEqualTo(others(before.get(name)));
            }
          }
        });
  }

  @Test
  final void everyLessonAsksForTheSameParameters() {
    forEach(
        (thinking, start) ->
            assertThat(thinking.parameters(List.of(0, 1, 1)).tensors().keySet())
                .as("%s", thinking)
                .isEqualTo(thinking.parameters(List.of(0)).tensors().keySet()));
  }

  @Test
  final void memoryRecallsRowsAsTheyWereKept() {
    forEachMemory(
        (name, memory) -> {
          assertThat(memory.recall(ROWS, random(0))).as("%s, nothing kept yet", name).isEmpty();
          ReplayRows kept = keep(memory, 0, 6);
          for (int draw = 0; draw < 5; draw++) {
            for (ReplayRows row : rows(memory.recall(ROWS, random(draw)))) {
              ReplayRows original =
                  rows(Optional.of(kept)).stream()
                      .filter(k -> k.batch().equals(row.batch()))
                      .findFirst()
                      .orElseThrow(() -> new AssertionError(name + " recalls what it never kept"));
              assertThat(row.candidates().doubles())
                  .as("%s, candidate in its own precision", name)
                  .containsExactly(original.candidates().doubles(), within(0.01));
            }
          }
        });
  }

  @Test
  final void memoryIsAFunctionOfWhatWasKeptAndTheGenerator() {
    List<Object> first = new ArrayList<>();
    List<Object> second = new ArrayList<>();
    for (List<Object> found : List.of(first, second)) {
      forEachMemory(
          (name, memory) -> {
            keep(memory, 0, 6);
            found.add(name + memory.recall(ROWS, random(1)) + memory.recall(ROWS, random(2)));
          });
    }
    assertThat(second).isEqualTo(first);
  }

  @Test
  final void memoryRestoredGoesOnAsIfItHadNeverStopped() {
    List<Object> whole = new ArrayList<>();
    List<Map<String, Array>> states = new ArrayList<>();
    forEachMemory(
        (name, memory) -> {
          keep(memory, 0, 3);
          states.add(made(memory.state()));
          keep(memory, 3, 6);
          whole.add(name + memory.recall(ROWS, random(7)) + made(memory.state()));
        });
    List<Object> resumed = new ArrayList<>();
    forEachMemory(
        (name, memory) -> {
          Map<String, Supplier<Array>> saved = new LinkedHashMap<>();
          states.get(resumed.size()).forEach((key, array) -> saved.put(key, () -> array));
          memory.restore(saved);
          assertThat(made(memory.state())).as(name).isEqualTo(states.get(resumed.size()));
          keep(memory, 3, 6);
          resumed.add(name + memory.recall(ROWS, random(7)) + made(memory.state()));
        });
    assertThat(resumed).isEqualTo(whole);
  }

  private static Map<String, Array> made(Map<String, Supplier<Array>> state) {
    Map<String, Array> made = new LinkedHashMap<>();
    state.forEach((name, array) -> made.put(name, array.get()));
    return made;
  }

  private static RandomGenerator random(long stream) {
    return Philox.generator(33, stream);
  }

  /**
   * Adds batches {@code from} (inclusive) to {@code to} (exclusive) to the replay buffer and
   * returns their rows.
   */
  private static ReplayRows keep(ReplayBuffer memory, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(RegularizerContract::experience)
        .peek(memory::keep)
        .reduce(ReplayRows::concat)
        .orElseThrow();
  }

  private static ReplayRows experience(int seed) {
    Shape shape = Shape.of(ROWS).plus(MEMORABLE.candidate().toIntArray());
    Array centre = floats(seed, shape);
    Array weight = floats(seed + 1000L, Shape.of(ROWS).plus(MEMORABLE.predictions().toIntArray()));
    Batch batch =
        new Batch(Map.of(PointModality.CENTRE, centre), floats(seed + 2000L, shape), weight);
    return new ReplayRows(batch, floats(seed + 3000L, shape));
  }

  private static Array floats(long seed, Shape shape) {
    return Array.of(shape, TestArrays.mixed(seed, shape.toIntArray()).floats());
  }

  private static List<ReplayRows> rows(Optional<ReplayRows> rows) {
    return rows.stream()
        .flatMap(all -> IntStream.range(0, all.rows()).mapToObj(i -> all.slice(i, 1)))
        .toList();
  }

  /** Runs a check on each replay buffer; one is closed before the next is created. */
  private void forEachMemory(BiConsumer<String, ReplayBuffer> check) {
    for (Regularizer regularizer : regularizers()) {
      Optional<ReplayBuffer> made = regularizer.replayBuffer(MEMORABLE);
      if (made.isPresent()) {
        try (ReplayBuffer memory = made.get()) {
          assertThat(memory.description()).isNotBlank().doesNotContain("\n");
          check.accept(regularizer.toString(), memory);
        }
      }
    }
  }

  /**
   * Returns the numbers of all predictions but the first, of an array [rows, predictions...] or
   * with a width.
   */
  private static double[] others(Array array) {
    int first = array.shape().size(-1) == WIDTH ? WIDTH : 1;
    return Arrays.copyOfRange(array.doubles(), first, array.shape().elements());
  }

  private interface Check {
    void of(RegularizedThinking thinking, Array start);
  }

  private void forEach(Check check) {
    for (Regularizer regularizer : regularizers()) {
      for (Shape predictions : PREDICTIONS) {
        RegularizedThinking thinking =
            new RegularizedThinking(predictions, WIDTH, 0.8, 0.5, List.of(regularizer));
        Shape shape = thinking.candidates(ROWS);
        check.of(thinking, TestArrays.mixed(3, shape.toIntArray()));
      }
    }
  }
}
