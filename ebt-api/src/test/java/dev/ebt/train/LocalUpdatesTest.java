package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.modality.Examples;
import dev.ebt.model.JointEnergy;
import dev.ebt.model.JointSettings;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.optimize.AdamW;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Variable;
import dev.ebt.testing.CellsModality;
import dev.ebt.testing.ThreadProcesses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Processes that make updates by themselves are separate trainings whose state is averaged. */
class LocalUpdatesTest {
  private static final CellsModality CELLS = new CellsModality(4, 3);
  private static final Examples EXAMPLES = CELLS.examples(16);
  private static final int LOCAL = 3;
  private static final double RATE = 0.02;
  private static final ParameterUpdateRule RULE =
      ParameterUpdateRule.of(new AdamW(0.9, 0.999, 1e-8, 0.01), RATE).clippedTo(0.1).averaged(0.9);
  private static final TrainingSettings SETTINGS =
      new TrainingSettings(
          4 * LOCAL, 2, 2, LOCAL, RATE, LOCAL, null, LOCAL, null, null, null, null, null);

  private final ReferenceBackend backend = new ReferenceBackend();
  private final ReferenceBackend other = new ReferenceBackend();
  private final List<ThreadProcesses> processes = ThreadProcesses.of(List.of(backend, other));

  @AfterEach
  void close() {
    backend.close();
    other.close();
  }

  private TrainingStepper stepper(int rank, int localSteps, ParameterUpdateRule rule) {
    TrainingProblem problem =
        new TrainingProblem(
            CELLS,
            new JointEnergy(new JointSettings(null, 1, 2, 8, null), 1),
            EnergyObjective.system1(new EnergyObjective.Settings(1)),
            new ThinkingMethod(1, 0.5, false, null, null, ThinkingMethod.UpdateRule.MIRROR),
            List.of());
    return new TrainingStepper(
        problem,
        rank == 0 ? backend : other,
        rule,
        7,
        new SharedUpdates(processes.get(rank), 2, localSteps));
  }

  private static Map<Variable, Array> variables(TrainingStepper stepper, ReferenceBackend of) {
    Map<Variable, Array> values = new LinkedHashMap<>();
    stepper.variables().forEach(variable -> values.put(variable, of.read(variable)));
    return values;
  }

  /** Makes updates of two trainings that know nothing of each other, and averages by hand. */
  private Map<Variable, Array> separately(int averages) {
    try (TrainingStepper first = stepper(0, 1000, RULE);
        TrainingStepper second = stepper(1, 1000, RULE)) {
      first.initialize();
      variables(first, backend).forEach(other::assign);
      BatchShare share = BatchShare.of(SETTINGS, processes.get(0));
      BatchShare rest = BatchShare.of(SETTINGS, processes.get(1));
      try (BatchQueue queue = share.queue(EXAMPLES, 7);
          BatchQueue restQueue = rest.queue(EXAMPLES, 7)) {
        for (int step = 0; step < averages * LOCAL; step++) {
          StepMetrics own = first.step(step + 1, share.take(queue, step));
          assertThat(own.loss())
              .isNotEqualTo(second.step(step + 1, rest.take(restQueue, step)).loss());
          if ((step + 1) % LOCAL == 0) {
            average(first, second);
          }
        }
      }
      return variables(first, backend);
    }
  }

  private void average(TrainingStepper first, TrainingStepper second) {
    Map<Variable, Array> others = variables(second, other);
    assertThat(others).isNotEqualTo(variables(first, backend));
    variables(first, backend)
        .forEach(
            (variable, value) -> {
              double[] mean = value.doubles().clone();
              double[] added = others.get(variable).doubles();
              for (int i = 0; i < mean.length; i++) {
                mean[i] = (mean[i] + added[i]) / 2;
              }
              backend.assign(variable, Array.of(variable.shape(), mean));
              other.assign(variable, Array.of(variable.shape(), mean));
            });
  }

  private CompletableFuture<Long> follower(TrainingStepper stepper) {
    return CompletableFuture.supplyAsync(
        () ->
            new Follower(stepper, EXAMPLES, SETTINGS, 7, processes.get(1), () -> {})
                .follow(() -> false));
  }

  /** Makes updates of two processes up to a number of averages. */
  private Map<Variable, Array> together(int averages, ParameterUpdateRule rule) {
    try (TrainingStepper first = stepper(0, LOCAL, rule);
        TrainingStepper second = stepper(1, LOCAL, rule)) {
      first.initialize();
      first.adapters().takeBase();
      CompletableFuture<Long> follower = follower(second);
      Coordination coordination = new Coordination(processes.get(0));
      coordination.share(new Coordination.State(0, false, RATE), first);
      BatchShare share = BatchShare.of(SETTINGS, processes.get(0));
      try (BatchQueue queue = share.queue(EXAMPLES, 7)) {
        for (int step = 0; step < averages * LOCAL; step++) {
          if (step % LOCAL == 0) {
            assertThat(coordination.announceUpdate()).isTrue();
          }
          first.step(step + 1, share.take(queue, step));
        }
      }
      coordination.announceEnd();
      assertThat(follower.join()).isEqualTo(averages * LOCAL);
      Map<Variable, Array> reached = variables(first, backend);
      assertThat(variables(second, other)).isEqualTo(reached);
      first.adapters().merge();
      assertThat(variables(first, backend)).isEqualTo(reached);
      return reached;
    }
  }

  @Test
  void processesAreSeparateTrainingsBetweenAverages() {
    Map<Variable, Array> expected = separately(2);
    assertThat(together(2, RULE)).isEqualTo(expected);
    assertThat(expected.keySet().stream().map(Variable::name))
        .anyMatch(name -> name.startsWith("optimizer."))
        .anyMatch(name -> name.startsWith("average."));
  }

  @Test
  void weightsOfAdaptersFollowFromTheirAveragedFactors() {
    ParameterUpdateRule adapting =
        ParameterUpdateRule.of(new AdamW(0.9, 0.999, 1e-8, 0), RATE)
            .training(new TrainedParameters(List.of(), new AdapterSettings(2, null, null)));
    assertThat(together(2, adapting)).isNotEqualTo(together(1, adapting));
  }

  @Test
  void noFilterLeavesOutUpdatesOfOneProcess() {
    UpdateFilter active =
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
            return false;
          }
        };
    try (TrainingStepper first = stepper(0, LOCAL, RULE)) {
      assertThatThrownBy(() -> first.step(1, List.of(), () -> false, active))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
