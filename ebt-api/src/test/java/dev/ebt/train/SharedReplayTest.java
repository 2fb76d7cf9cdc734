package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.ProcessGroup;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.model.JointEnergy;
import dev.ebt.model.JointSettings;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.regularize.Regularizer;
import dev.ebt.regularize.ReplayBuffer;
import dev.ebt.regularize.ReplayRows;
import dev.ebt.regularize.ReplayShare;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.testing.CellsModality;
import dev.ebt.testing.ThreadProcesses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Processes with replay buffers train as one process with as many batches per update does. */
class SharedReplayTest {
  private static final CellsModality CELLS = new CellsModality(4, 3);
  private static final Examples EXAMPLES = CELLS.examples(16);
  private static final int BATCHES = 2;
  private static final int UPDATES = 6;
  private static final double RATE = 0.1;
  private static final TrainingSettings SETTINGS =
      new TrainingSettings(100, 2, BATCHES, RATE, null, null, null, null, null);

  /** The rounding of sums in another order, in double precision. */
  private static final double ROUNDING = 1e-9;

  /** The latest rows of its batch, of which a random one is recalled for every two fresh ones. */
  private static final class LatestRows implements ReplayBuffer {
    private final int capacity;
    private final List<ReplayRows> rows = new ArrayList<>();

    LatestRows(int capacity) {
      this.capacity = capacity;
    }

    @Override
    public String name() {
      return "latest";
    }

    @Override
    public Optional<ReplayRows> recall(int fresh, RandomGenerator random) {
      return IntStream.range(0, rows.isEmpty() ? 0 : fresh / 2)
          .mapToObj(i -> rows.get(random.nextInt(rows.size())))
          .reduce(ReplayRows::concat);
    }

    @Override
    public void keep(ReplayRows fresh) {
      IntStream.range(0, fresh.rows()).forEach(i -> rows.add(fresh.slice(i, 1)));
      rows.subList(0, Math.max(0, rows.size() - capacity)).clear();
    }

    @Override
    public Map<String, Supplier<Array>> state() {
      Map<String, Supplier<Array>> state = new LinkedHashMap<>();
      for (int i = 0; i < rows.size(); i++) {
        ReplayRows row = rows.get(i);
        state.put(i + ".target", () -> row.batch().target());
        state.put(i + ".weight", () -> row.batch().weight());
        state.put(i + ".candidate", row::candidates);
        String context = i + ".context.";
        row.batch().context().forEach((name, array) -> state.put(context + name, () -> array));
      }
      return state;
    }

    @Override
    public void restore(Map<String, Supplier<Array>> state) {
      rows.clear();
      for (int i = 0; state.containsKey(i + ".target"); i++) {
        String context = i + ".context.";
        Map<String, Array> features = new LinkedHashMap<>();
        state.forEach(
            (name, array) -> {
              if (name.startsWith(context)) {
                features.put(name.substring(context.length()), array.get());
              }
            });
        Batch batch =
            new Batch(features, state.get(i + ".target").get(), state.get(i + ".weight").get());
        rows.add(new ReplayRows(batch, state.get(i + ".candidate").get()));
      }
    }

    @Override
    public String description() {
      return "the latest rows";
    }
  }

  /** A regularizer with eight rows for all batches of an update. */
  private static final class Latest implements Regularizer {
    @Override
    public Optional<ReplayBuffer> replayBuffer(Modality modality, ReplayShare share) {
      return Optional.of(new LatestRows(share.of("latest: rows", 8)));
    }
  }

  private static TrainingStepper stepper(ReferenceBackend backend, ProcessGroup processes) {
    TrainingProblem problem =
        new TrainingProblem(
            CELLS,
            new JointEnergy(new JointSettings(null, 1, 2, 8, null), 1),
            EnergyObjective.system1(new EnergyObjective.Settings(1)),
            new ThinkingMethod(1, 0.5, false, null, null, ThinkingMethod.UpdateRule.MIRROR),
            List.of(new Latest()));
    ParameterUpdateRule rule = ParameterUpdateRule.of(new GradientDescent(), RATE);
    TracedObjective trace =
        new TracedObjective(problem, problem::parameters, rule, SETTINGS.batch(), true);
    return new TrainingStepper(trace, backend, 7, new SharedUpdates(processes, BATCHES, 1));
  }

  /** What a training has reached: its parameters and slots, and its replay buffers. */
  private record Reached(
      List<Double> losses, Map<String, Array> variables, Map<String, Array> memory) {
    void assertSameAs(Reached expected) {
      assertThat(losses).hasSameSizeAs(expected.losses);
      assertSame(expected.variables, variables);
      assertSame(expected.memory, memory);
      for (int i = 0; i < losses.size(); i++) {
        assertThat(losses.get(i)).isCloseTo(expected.losses.get(i), within(ROUNDING));
      }
    }

    private static void assertSame(Map<String, Array> expected, Map<String, Array> found) {
      assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
      expected.forEach(
          (name, array) ->
              assertThat(found.get(name).doubles())
                  .as(name)
                  .containsExactly(array.doubles(), within(ROUNDING)));
    }
  }

  /** Trains the first process, or the only one, from a state on. */
  private static Reached train(
      ReferenceBackend backend, ProcessGroup processes, Reached from, long done, int updates) {
    try (TrainingStepper stepper = stepper(backend, processes)) {
      stepper.initialize();
      if (from != null) {
        stepper
            .variables()
            .forEach(variable -> backend.assign(variable, from.variables.get(variable.name())));
        Map<String, Supplier<Array>> memory = new LinkedHashMap<>();
        from.memory.forEach((name, array) -> memory.put(name, () -> array));
        stepper.restore(memory);
      }
      Coordination coordination = new Coordination(processes);
      coordination.share(new Coordination.State(done, false, RATE), stepper);
      BatchShare share = BatchShare.of(SETTINGS, processes);
      List<Double> losses = new ArrayList<>();
      try (BatchQueue queue = share.queue(EXAMPLES, 7)) {
        for (long step = done; step < done + updates; step++) {
          assertThat(coordination.announceUpdate()).isTrue();
          losses.add(stepper.step(step + 1, share.take(queue, step)).loss());
        }
      }
      Map<String, Array> memory = new LinkedHashMap<>();
      coordination.replayState(stepper).forEach((name, array) -> memory.put(name, array.get()));
      coordination.announceEnd();
      Map<String, Array> variables = new LinkedHashMap<>();
      stepper.variables().forEach(v -> variables.put(v.name(), backend.read(v)));
      return new Reached(losses, variables, memory);
    }
  }

  private static Reached alone(Reached from, long done, int updates) {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      return train(backend, ProcessGroup.alone(), from, done, updates);
    }
  }

  private static Reached together(Reached from, long done, int updates) {
    try (ReferenceBackend backend = new ReferenceBackend();
        ReferenceBackend other = new ReferenceBackend()) {
      List<ThreadProcesses> processes = ThreadProcesses.of(List.of(backend, other));
      CompletableFuture<Long> follower =
          CompletableFuture.supplyAsync(
              () -> {
                try (TrainingStepper stepper = stepper(other, processes.get(1))) {
                  return new Follower(stepper, EXAMPLES, SETTINGS, 7, processes.get(1), () -> {})
                      .follow(() -> false);
                }
              });
      Reached reached = train(backend, processes.get(0), from, done, updates);
      assertThat(follower.join()).isEqualTo(done + updates);
      return reached;
    }
  }

  private final Reached whole = alone(null, 0, UPDATES);

  @Test
  void theBuffersOfTwoProcessesAreThoseOfOne() {
    assertThat(whole.memory.keySet()).contains("latest@0/2.3.candidate", "latest@1/2.3.candidate");
    assertThat(whole.memory.get("latest@0/2.3.candidate"))
        .isNotEqualTo(whole.memory.get("latest@1/2.3.candidate"));
    together(null, 0, UPDATES).assertSameAs(whole);
  }

  @Test
  void aTrainingGoesOnWithTheBuffersThatItHadWithAnyNumberOfProcesses() {
    Reached half = together(null, 0, UPDATES / 2);
    Reached expected =
        new Reached(whole.losses.subList(UPDATES / 2, UPDATES), whole.variables, whole.memory);
    alone(half, UPDATES / 2, UPDATES / 2).assertSameAs(expected);
    together(half, UPDATES / 2, UPDATES / 2).assertSameAs(expected);
  }
}
