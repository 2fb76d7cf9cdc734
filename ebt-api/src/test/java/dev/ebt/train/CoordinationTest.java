package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.model.JointEnergy;
import dev.ebt.model.JointSettings;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Variable;
import dev.ebt.testing.CellsModality;
import dev.ebt.testing.ThreadProcesses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two processes do the same, whatever the first one decides. */
class CoordinationTest {
  private static final CellsModality CELLS = new CellsModality(4, 3);
  private static final Examples EXAMPLES = CELLS.examples(8);
  private static final double RATE = 0.1;
  private static final TrainingSettings SETTINGS =
      new TrainingSettings(10, 2, 2, RATE, null, null, null, null, null);

  private final ReferenceBackend backend = new ReferenceBackend();
  private final ReferenceBackend other = new ReferenceBackend();
  private final List<ThreadProcesses> processes = ThreadProcesses.of(List.of(backend, other));
  private final TrainingStepper first = stepper(backend, processes.get(0));
  private final TrainingStepper second = stepper(other, processes.get(1));
  private final Coordination coordination = new Coordination(processes.get(0));
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicInteger validations = new AtomicInteger();
  private final CompletableFuture<Long> follower =
      CompletableFuture.supplyAsync(
          () ->
              new Follower(
                      second, EXAMPLES, SETTINGS, 7, processes.get(1), validations::incrementAndGet)
                  .follow(stop::get));

  private static TrainingStepper stepper(ReferenceBackend backend, ThreadProcesses processes) {
    TrainingProblem problem =
        new TrainingProblem(
            CELLS,
            new JointEnergy(new JointSettings(null, 1, 2, 8, null), 1),
            EnergyObjective.system1(new EnergyObjective.Settings(1)),
            new ThinkingMethod(1, 0.5, false, null, null, ThinkingMethod.UpdateRule.MIRROR),
            List.of());
    ParameterUpdateRule rule = ParameterUpdateRule.of(new GradientDescent(), RATE);
    return new TrainingStepper(problem, backend, rule, 7, SharedUpdates.of(processes));
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
    backend.close();
    other.close();
  }

  /** Makes updates from {@code done} on, in the first process. */
  private void update(long done, int count, UpdateFilter filter) {
    BatchShare share = BatchShare.of(SETTINGS, processes.get(0));
    try (BatchQueue queue = share.queue(EXAMPLES, 7)) {
      for (long step = done; step < done + count; step++) {
        assertThat(coordination.announceUpdate()).isTrue();
        List<Batch> batches = share.take(queue, step);
        first.step(step + 1, batches, () -> false, filter);
      }
    }
  }

  private Map<Variable, Array> variables(TrainingStepper stepper, ReferenceBackend of) {
    Map<Variable, Array> values = new LinkedHashMap<>();
    stepper.variables().forEach(variable -> values.put(variable, of.read(variable)));
    return values;
  }

  private void end(long done) {
    coordination.announceEnd();
    assertThat(follower.join()).isEqualTo(done);
    assertThat(variables(second, other)).isEqualTo(variables(first, backend));
  }

  @Test
  void othersMakeTheUpdatesOfTheFirst() {
    first.initialize();
    Map<Variable, Array> initial = variables(first, backend);
    coordination.share(new Coordination.State(0, false, RATE), first);
    update(0, 2, UpdateFilter.ALL);
    coordination.announceValidation();
    update(2, 1, UpdateFilter.ALL);
    assertThat(variables(first, backend)).isNotEqualTo(initial);
    end(3);
    assertThat(validations).hasValue(1);
  }

  @Test
  void othersGoOnFromTheStateThatTheFirstRestartsFrom() {
    first.initialize();
    Map<Variable, Array> initial = variables(first, backend);
    coordination.share(new Coordination.State(0, false, RATE), first);
    update(0, 3, UpdateFilter.ALL);

    initial.forEach(backend::assign);
    first.useLearningRate(RATE / 2);
    coordination.announceRestart();
    coordination.share(new Coordination.State(0, false, RATE / 2), first);
    update(0, 2, UpdateFilter.ALL);
    end(2);
  }

  @Test
  void anUpdateThatTheFirstLeavesOutIsLeftOutByAll() {
    first.initialize();
    coordination.share(new Coordination.State(0, true, RATE), first);
    UpdateFilter leavesOutTheSecond =
        new UpdateFilter() {
          @Override
          public boolean isActive() {
            return true;
          }

          @Override
          public boolean rollsBack() {
            return false;
          }

          @Override
          public boolean skips(long step, StepMetrics metrics) {
            return step == 2;
          }
        };
    UpdateFilter shared = coordination.sharing(leavesOutTheSecond, true);
    update(0, 1, shared);
    Map<Variable, Array> before = variables(first, backend);
    update(1, 1, shared);
    assertThat(variables(first, backend)).isEqualTo(before);
    update(2, 1, shared);
    assertThat(variables(first, backend)).isNotEqualTo(before);
    end(3);
  }

  @Test
  void anotherProcessCanAskForTheEnd() {
    stop.set(true);
    first.initialize();
    coordination.share(new Coordination.State(0, false, RATE), first);
    assertThat(coordination.announceUpdate()).isFalse();
    end(0);
  }
}
