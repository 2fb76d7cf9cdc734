package dev.ebt.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.optimize.GradientTransformChain;
import dev.ebt.optimize.Momentum;
import dev.ebt.optimize.Optimizer;
import dev.ebt.predict.FixedElements;
import dev.ebt.predict.Interruption;
import dev.ebt.predict.StepResult;
import dev.ebt.predict.ThinkingTrace;
import dev.ebt.sample.HamiltonianMonteCarlo;
import dev.ebt.sample.LangevinDynamics;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.stop.NoImprovement;
import dev.ebt.stop.StoppingRule;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.train.TrainingStepper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows that leave out those which have stopped, against thinking about all of them. */
class CompactedRowsTest {
  private static final int ROWS = 8;
  private static final int STEPS = 40;
  private static final PointModality POINTS = new PointModality(Shape.of(2), 3);
  private static final QuadraticEnergy MODEL = new QuadraticEnergy(3, 1);
  private static final Shape CANDIDATES = Shape.of(ROWS, 2, 3);

  private final ReferenceBackend backend = new ReferenceBackend();
  private final Map<Integer, Thinker> smaller = new LinkedHashMap<>();

  @AfterEach
  void close() {
    smaller.values().forEach(Thinker::close);
    backend.close();
  }

  private ThinkingMethod method(Optimizer optimizer) {
    ThinkingHyperparameters numbers =
        ThinkingHyperparameters.builder().landscapes(1).stepSize(0.3).build();
    ThinkingMethod method = new ThinkingMethod(numbers, optimizer);
    TrainingStepper.initialize(
        backend, ThinkingParameterSpecs.of(POINTS, MODEL, method, List.of()), 0);
    return method;
  }

  private Thinker opened(ThinkingMethod method, boolean holding, int rows) {
    CompiledThinking compiled =
        holding
            ? CompiledThinking.holding(backend, POINTS, MODEL, method, List.of(), rows)
            : CompiledThinking.of(backend, POINTS, MODEL, method, List.of(), rows, 0);
    return compiled.session();
  }

  /** The further away a row's center is, the later its energy settles. */
  private static Map<String, Array> context() {
    double[] centers = new double[CANDIDATES.elements()];
    Arrays.setAll(centers, i -> Math.pow(3, i / 6) * (i % 2 == 0 ? 0.1 : -0.1));
    return Map.of(PointModality.CENTRE, Array.of(CANDIDATES, centers));
  }

  private static FixedElements fixed() {
    double[] mask = new double[CANDIDATES.elements()];
    double[] values = new double[CANDIDATES.elements()];
    Arrays.setAll(mask, i -> i % 5 == 0 ? 1 : 0);
    Arrays.setAll(values, i -> i);
    return new FixedElements(Array.of(CANDIDATES, mask), Array.of(CANDIDATES, values));
  }

  private void begin(Thinker thinker, boolean holding) {
    if (holding) {
      thinker.hold(fixed());
    }
    thinker.observe(context());
    if (thinker.seedsEachRow()) {
      thinker.beginEach(
          Array.of(Shape.of(ROWS), IntStream.range(0, ROWS).asLongStream().toArray()));
    } else {
      thinker.begin(7);
    }
  }

  /** Returns thinking about all rows that adds the sizes it moves to. */
  private CompactedThinking compacted(
      Thinker whole, ThinkingMethod method, boolean holding, List<Integer> sizes) {
    return CompactedThinking.ofRows(
        whole,
        context(),
        ROWS,
        (rows, positions) -> {
          sizes.add(rows);
          return smaller.computeIfAbsent(rows, size -> opened(method, holding, size));
        });
  }

  /** Asserts equal results, and returns the sizes that steps were computed at. */
  private List<Integer> sizes(ThinkingMethod method, boolean holding, double tolerance) {
    List<Integer> sizes = new ArrayList<>();
    try (Thinker plain = opened(method, holding, ROWS);
        Thinker whole = opened(method, holding, ROWS)) {
      begin(plain, holding);
      List<StepResult> expected = new ArrayList<>();
      begin(whole, holding);
      CompactedThinking compacted = compacted(whole, method, holding, sizes);
      boolean[] wanted = new boolean[ROWS];
      Arrays.fill(wanted, true);
      compacted.begin(wanted);
      List<StepResult> actual = new ArrayList<>();
      while (actual.size() < STEPS && compacted.continues()) {
        expected.add(plain.step(1, tolerance));
        // Unfinished results may be read before each program of a step.
        Interruption.during(
            compacted::copyBack,
            () -> actual.add(compacted.step(1, tolerance, STEPS - actual.size())));
      }
      compacted.putBack();
      ThinkingTrace one = new ThinkingTrace(expected, Optional.of(plain.energy()));
      ThinkingTrace other = new ThinkingTrace(actual, Optional.of(whole.energy()));
      for (int i = 0; i < ROWS * 2; i++) {
        double[] energies = one.energies(i).stream().mapToDouble(e -> e).toArray();
        assertThat(other.energies(i).stream().mapToDouble(e -> e).toArray())
            .containsExactly(energies, within(1e-9));
      }
      assertThat(whole.candidate().doubles())
          .containsExactly(plain.candidate().doubles(), within(1e-9));
      assertThat(whole.evaluationsUsed()).isEqualTo(plain.evaluationsUsed());
    }
    return sizes;
  }

  @Test
  void rowsThatSettleAreLeftOut() {
    assertThat(sizes(method(new GradientDescent()), false, 0.05)).contains(4, 2, 1);
  }

  @Test
  void soAreRowsWithASlotARuleAndHeldElements() {
    StoppingRule rule = new NoImprovement(2, 1);
    assertThat(
            sizes(
                method(GradientTransformChain.of(new Momentum(0.1, false))).stoppedBy(rule),
                true,
                0))
        .isNotEmpty();
  }

  @Test
  void rowsWithSeedsOfTheirOwnHaveTheirRandomNumbers() {
    assertThat(sizes(method(new LangevinDynamics(0.001, null, null)), true, 0.05)).isNotEmpty();
  }

  @Test
  void rowsWhoseRandomNumbersDependOnTheirPlaceStay() {
    assertThat(sizes(method(new LangevinDynamics(0.001, null, null)), false, 0.05))
        .as("tried once, without effect")
        .hasSize(1);
  }

  @Test
  void rowsOfASamplerWithOnePhaseForAllStay() {
    assertThat(sizes(method(new HamiltonianMonteCarlo(3, null, null)), true, 0.05).size())
        .isLessThanOrEqualTo(1);
  }

  @Test
  void rowsThatDoNotCountAnyMoreAreLeftOut() {
    ThinkingMethod method = method(new GradientDescent());
    List<Integer> sizes = new ArrayList<>();
    try (Thinker whole = opened(method, false, ROWS)) {
      begin(whole, false);
      CompactedThinking compacted = compacted(whole, method, false, sizes);
      boolean[] wanted = new boolean[ROWS];
      Arrays.fill(wanted, 0, 5, true);
      compacted.begin(wanted);
      compacted.step(1, 0, 3);
      compacted.drop(1);
      compacted.step(1, 0, 2);
      assertThat(sizes).containsExactly(4);
      for (int row : new int[] {0, 2, 3, 4}) {
        compacted.drop(row);
      }
      assertThat(compacted.continues()).isFalse();
      compacted.step(1, 0, 2);
      assertThat(sizes).as("nothing is left to move").containsExactly(4);
    }
  }
}
