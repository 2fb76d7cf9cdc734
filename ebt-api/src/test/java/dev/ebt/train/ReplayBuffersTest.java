package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Modality;
import dev.ebt.objective.Objective;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.regularize.Regularizer;
import dev.ebt.regularize.ReplayBuffer;
import dev.ebt.regularize.ReplayRows;
import dev.ebt.regularize.ReplayShare;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.CheckedBackend;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.testing.TestArrays;
import dev.ebt.testing.TransferLog;
import dev.ebt.train.EnergyObjective.GradientThrough;
import dev.ebt.train.EnergyObjective.LossAt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What a training does with a regularizer that remembers. */
class ReplayBuffersTest {
  private static final int ROWS = 4;

  /** Recalls the first two rows of the last batch; notes all that it is given. */
  private static final class LastBatch implements ReplayBuffer {
    final List<ReplayRows> kept = new ArrayList<>();
    final List<Integer> drawn = new ArrayList<>();
    private final String name;
    boolean closed;

    LastBatch(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Optional<ReplayRows> recall(int rows, RandomGenerator random) {
      drawn.add(random.nextInt(1 << 30));
      return kept.isEmpty()
          ? Optional.empty()
          : Optional.of(kept.get(kept.size() - 1).slice(0, rows / 2));
    }

    @Override
    public void keep(ReplayRows fresh) {
      kept.add(fresh);
    }

    @Override
    public Map<String, Supplier<Array>> state() {
      return Map.of("last", () -> kept.get(kept.size() - 1).candidates());
    }

    @Override
    public void restore(Map<String, Supplier<Array>> state) {
      throw new UserException("restored from " + state.keySet());
    }

    @Override
    public String description() {
      return "the last batch";
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static Regularizer remembering(ReplayBuffer memory) {
    return new Regularizer() {
      @Override
      public Optional<ReplayBuffer> replayBuffer(Modality modality) {
        return Optional.of(memory);
      }
    };
  }

  private final LastBatch memory = new LastBatch("last");
  private final TransferLog log = new TransferLog(new CheckedBackend(new ReferenceBackend()));

  /** Its parameters stay as they are: the learning rate is 0. Steps go half the way to 0. */
  private TrainingStepper stepper(Objective objective, Regularizer... regularizers) {
    TrainingStepper stepper =
        new TrainingStepper(
            new TrainingProblem(
                new PointModality(Shape.of(3), 2),
                new QuadraticEnergy(2, 1),
                objective,
                new ThinkingMethod(1, 0.5, false, null, null, null),
                List.of(regularizers)),
            log,
            ParameterUpdateRule.of(new GradientDescent(), 0),
            7);
    stepper.initialize();
    return stepper;
  }

  private static EnergyObjective oneStep() {
    return new EnergyObjective(1, LossAt.EACH, GradientThrough.STEP);
  }

  private static Batch batch(long seed) {
    Array zeros = Array.filled(Shape.of(ROWS, 3, 2), 0);
    return new Batch(
        Map.of(PointModality.CENTRE, zeros),
        TestArrays.mixed(seed, ROWS, 3, 2),
        Array.filled(Shape.of(ROWS, 3), 1));
  }

  @Test
  void recalledRowsThinkOnFromWhereTheyWereAndCount() {
    double[] alone = new double[3];
    try (TrainingStepper stepper = stepper(oneStep())) {
      for (int step = 1; step <= 2; step++) {
        alone[step] = stepper.step(step, List.of(batch(step))).loss();
      }
    }
    try (TrainingStepper stepper = stepper(oneStep(), remembering(memory))) {
      assertThat(stepper.step(1, List.of(batch(1))).loss()).isEqualTo(alone[1]);
      ReplayRows first = memory.kept.get(0);
      assertThat(first.batch()).isEqualTo(batch(1));
      assertThat(first.candidates().shape()).isEqualTo(Shape.of(ROWS, 3, 2));

      double[] start = first.candidates().doubles();
      double[] target = batch(1).target().doubles();
      double again = 0;
      for (int i = 0; i < 2 * 3 * 2; i++) {
        again += Math.pow(start[i] / 2 - target[i], 2);
      }
      double expected = (alone[2] * ROWS * 3 + again) / (6 * 3);
      assertThat(stepper.step(2, List.of(batch(2))).loss()).isCloseTo(expected, within(1e-12));
      assertThat(memory.kept.get(1).batch()).as("fresh rows only").isEqualTo(batch(2));
    }
  }

  /** However a training of many steps is run. */
  @Test
  void manyStepsAreRememberedFromTheirEnd() {
    EnergyObjective many = new EnergyObjective(40, LossAt.LAST, GradientThrough.STEP);
    try (TrainingStepper stepper = stepper(oneStep(), remembering(memory))) {
      stepper.step(1, List.of(batch(1)));
    }
    double loss;
    LastBatch other = new LastBatch("last");
    try (TrainingStepper stepper = stepper(many, remembering(other))) {
      stepper.step(1, List.of(batch(1)));
      loss = stepper.step(2, List.of(batch(2))).loss();
    }
    double[] once = memory.kept.get(0).candidates().doubles();
    double[] often = other.kept.get(0).candidates().doubles();
    for (int i = 0; i < often.length; i++) {
      assertThat(often[i] * Math.pow(2, 39)).isCloseTo(once[i], within(1e-9));
    }
    double expected = 0;
    double[] fresh = batch(2).target().doubles();
    double[] recalled = batch(1).target().doubles();
    for (int i = 0; i < 36; i++) {
      double target = i < 24 ? fresh[i] : recalled[i - 24];
      expected += target * target;
    }
    assertThat(loss).as("all of them end at 0").isCloseTo(expected / 18, within(1e-6));
  }

  @Test
  void freshRowsThinkAsIfTheyWereAlone() {
    LastBatch other = new LastBatch("last");
    try (TrainingStepper stepper = stepper(oneStep(), remembering(memory))) {
      stepper.step(2, List.of(batch(2)));
    }
    try (TrainingStepper stepper = stepper(oneStep(), remembering(other))) {
      stepper.step(1, List.of(batch(1)));
      stepper.step(2, List.of(batch(2)));
    }
    assertThat(other.kept.get(1)).isEqualTo(memory.kept.get(0));
  }

  @Test
  void twoProgramsServeAllStepsAndOnlyFreshCandidatesTravel() {
    try (TrainingStepper stepper = stepper(oneStep(), remembering(memory))) {
      for (int step = 1; step <= 5; step++) {
        stepper.step(step, List.of(batch(step)));
      }
    }
    assertThat(log.runs()).hasSize(5);
    assertThat(log.runs()).allMatch(run -> run.fetched().get("finalCandidates") == ROWS * 3 * 2);
    assertThat(log.runs().stream().map(run -> run.given().get("recalledCandidates")))
        .containsExactly(null, 12, 12, 12, 12);
    assertThat(log.runs().stream().map(run -> run.given().get("weight")).distinct())
        .containsExactly(ROWS * 3, (ROWS + 2) * 3);
  }

  @Test
  void nothingTravelsForNobody() {
    try (TrainingStepper stepper = stepper(oneStep())) {
      stepper.step(1, List.of(batch(1)));
      assertThat(log.runs().get(0).fetched()).doesNotContainKey("finalCandidates");
      assertThat(stepper.replayState()).isEmpty();
    }
  }

  @Test
  void everyPartOfAnAccumulatedBatchRecallsAndKeeps() {
    try (TrainingStepper stepper = stepper(oneStep(), remembering(memory))) {
      stepper.step(1, List.of(batch(1), batch(2), batch(3)));
    }
    assertThat(memory.kept.stream().map(ReplayRows::batch))
        .containsExactly(batch(1), batch(2), batch(3));
    assertThat(memory.drawn).doesNotHaveDuplicates();
  }

  @Test
  void anEarlierNumberOfBatchesThatCannotBeDividedIsRefused() {
    Map<String, Supplier<Array>> two =
        Map.of("last@0.a", () -> Array.scalar(1.0), "last@1.a", () -> Array.scalar(2.0));
    try (TrainingStepper stepper = stepper(oneStep(), remembering(memory))) {
      assertThatThrownBy(() -> stepper.restore(two))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "the replay buffer last was saved for 2 batches per update and cannot be divided"
                  + " among 1; resume with --set training.accumulate=2, and with a training.batch"
                  + " that makes up the rows of an update");
    }
  }

  /** The same number of batches is no other number, whichever of their buffers are empty. */
  @Test
  void buffersWithoutStateCountAsBuffers() {
    for (List<String> filled : List.of(List.of("0"), List.of("1"))) {
      List<Map<String, Supplier<Array>>> restored = new ArrayList<>();
      Regularizer sometimes =
          new Regularizer() {
            @Override
            public Optional<ReplayBuffer> replayBuffer(Modality modality, ReplayShare share) {
              boolean full = filled.contains(String.valueOf(share.batch()));
              return Optional.of(new Stateful(full, restored));
            }
          };
      try (ReplayBuffers saved = twoOf(sometimes);
          ReplayBuffers next = twoOf(sometimes)) {
        next.restore(saved.state());
      }
      assertThat(restored.stream().map(Map::size))
          .containsExactlyElementsOf(filled.contains("0") ? List.of(1, 0) : List.of(0, 1));
    }
  }

  private static ReplayBuffers twoOf(Regularizer regularizer) {
    return new ReplayBuffers(new PointModality(Shape.of(3), 2), List.of(regularizer), 0, 2, 2);
  }

  /** Has one array or none, and notes what it is restored from; it cannot be divided. */
  private record Stateful(boolean full, List<Map<String, Supplier<Array>>> restored)
      implements ReplayBuffer {
    @Override
    public Optional<ReplayRows> recall(int rows, RandomGenerator random) {
      return Optional.empty();
    }

    @Override
    public void keep(ReplayRows fresh) {}

    @Override
    public Map<String, Supplier<Array>> state() {
      return full ? Map.of("a", () -> Array.scalar(1.0)) : Map.of();
    }

    @Override
    public void restore(Map<String, Supplier<Array>> state) {
      restored.add(state);
    }

    @Override
    public String description() {
      return "one array or none";
    }
  }

  /** Rows that were kept could not be forgotten again. */
  @Test
  void stepWhoseRowsAreRememberedIsFinished() {
    try (TrainingStepper stepper = stepper(oneStep(), remembering(memory))) {
      assertThat(stepper.stopsBetweenBatches()).isFalse();
      assertThat(stepper.step(1, List.of(batch(1), batch(2)), () -> true)).isPresent();
    }
    assertThat(memory.kept).hasSize(2);
  }

  @Test
  void drawsAreAFunctionOfSeedStepAndBatch() {
    LastBatch other = new LastBatch("last");
    for (LastBatch each : List.of(memory, other)) {
      try (TrainingStepper stepper = stepper(oneStep(), remembering(each))) {
        stepper.step(5, List.of(batch(1), batch(2)));
      }
    }
    assertThat(other.drawn).isEqualTo(memory.drawn);
  }

  @Test
  void severalMemoriesRecallInTheirOrder() {
    LastBatch second = new LastBatch("last");
    try (TrainingStepper stepper = stepper(oneStep(), remembering(memory), remembering(second))) {
      stepper.step(1, List.of(batch(1)));
      stepper.step(2, List.of(batch(2)));
      assertThat(log.runs().get(1).given()).containsEntry("weight", (ROWS + 4) * 3);
      assertThat(stepper.replayState()).containsOnlyKeys("last.last", "last:2.last");
      assertThat(stepper.replayState().get("last:2.last").get().doubles())
          .isEqualTo(second.kept.get(1).candidates().doubles());
      assertThatThrownBy(
              () ->
                  stepper.restore(
                      Map.of(
                          "last.last",
                          () -> Array.scalar(1.0),
                          "last:2.x",
                          () -> Array.scalar(1.0))))
          .hasMessage("restored from [last]");
      assertThat(stepper.replayDescriptions()).containsExactly("the last batch", "the last batch");
    }
    assertThat(memory.closed && second.closed).isTrue();
  }

  @Test
  void buffersAreRestoredByNameInAnyOrder() {
    LastBatch first = new LastBatch("first");
    LastBatch second = new LastBatch("second");
    Map<String, Supplier<Array>> saved =
        Map.of("first.a", () -> Array.scalar(1.0), "second.b", () -> Array.scalar(2.0));
    try (TrainingStepper stepper = stepper(oneStep(), remembering(second))) {
      assertThatThrownBy(() -> stepper.restore(saved)).hasMessage("restored from [b]");
    }
    try (TrainingStepper stepper = stepper(oneStep(), remembering(second), remembering(first))) {
      assertThatThrownBy(() -> stepper.restore(saved)).hasMessage("restored from [b]");
    }
    try (TrainingStepper stepper = stepper(oneStep(), remembering(first), remembering(second))) {
      assertThatThrownBy(() -> stepper.restore(saved)).hasMessage("restored from [a]");
    }
  }

  /** A loss that needs no thinking. */
  private record Thoughtless() implements Objective {
    @Override
    public Objective.ObjectiveOutput output(Objective.ObjectiveInputs task) {
      Objective.ObjectiveOutput thought = oneStep().output(task);
      return new Objective.ObjectiveOutput(thought.loss(), Map.of(), List.of());
    }

    @Override
    public List<Integer> stepPlan(ThinkingMethod thinking) {
      return List.of(0);
    }
  }

  @Test
  void whereNothingThinksNothingCanBeKept() {
    try (TrainingStepper stepper = stepper(new Thoughtless(), remembering(memory))) {
      assertThatThrownBy(() -> stepper.step(1, List.of(batch(1))))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("this objective does not think");
    }
  }

  @Test
  void rowsOfArraysAreCutAndJoined() {
    Array whole = Array.of(Shape.of(3, 2), 1L, 2, 3, 4, 5, 6);
    assertThat(whole.slice(0, 1).concat(whole.slice(1, 2))).isEqualTo(whole);
    Array real = TestArrays.mixed(1, 3, 2);
    assertThat(real.slice(0, 2).concat(real.slice(2, 1))).isEqualTo(real);
    Array floats = Array.of(real.shape(), real.floats());
    assertThat(floats.slice(1, 1).concat(floats.slice(0, 1)).doubles())
        .isEqualTo(new double[] {floats.real(2), floats.real(3), floats.real(0), floats.real(1)});
    assertThat(Arrays.equals(floats.concat(real).slice(3, 3).doubles(), real.doubles())).isTrue();
    assertThatThrownBy(() -> whole.concat(real)).hasMessageContaining("[3, 2]");
  }
}
