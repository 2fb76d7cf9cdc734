package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that make updates by themselves are separate trainings whose state is averaged. */
class LocalUpdatesTest {
  private static final CellsModality CELLS = new CellsModality(4, 3);
  private static final Examples EXAMPLES = CELLS.examples(16);
  private static final int LOCAL = 3;
  private static final double RATE = 0.02;
  private static final ParameterUpdateRule RULE =
      ParameterUpdateRule.of(new AdamW(0.9, 0.999, 1e-8, 0.01), RATE).clippedTo(0.1).averaged(0.9);

  private final List<ReferenceBackend> backends =
      List.of(new ReferenceBackend(), new ReferenceBackend(), new ReferenceBackend());
  private List<ThreadProcesses> processes = ThreadProcesses.of(backends.subList(0, 2));

  @AfterEach
  void close() {
    backends.forEach(ReferenceBackend::close);
  }

  /** An update has a batch of two rows for each process. */
  private TrainingSettings settings() {
    return new TrainingSettings(
        4 * LOCAL,
        2,
        processes.size(),
        LOCAL,
        RATE,
        LOCAL,
        null,
        LOCAL,
        null,
        null,
        null,
        null,
        null,
        null);
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
        backends.get(rank),
        rule,
        7,
        new SharedUpdates(processes.get(rank), processes.size(), localSteps));
  }

  private Map<Variable, Array> variables(TrainingStepper stepper, int rank) {
    Map<Variable, Array> values = new LinkedHashMap<>();
    stepper
        .variables()
        .forEach(variable -> values.put(variable, backends.get(rank).read(variable)));
    return values;
  }

  private void assign(Map<Variable, Array> values) {
    processes.forEach(process -> values.forEach(backends.get(process.rank())::assign));
  }

  private BatchQueue queue(BatchShare share) {
    return share.queue(EXAMPLES, 7);
  }

  /** Makes updates of trainings that know nothing of each other, and averages by hand. */
  private Map<Variable, Array> separately(int averages) {
    Map<Variable, Array> reached;
    try (TrainingStepper first = stepper(0, 1000, RULE)) {
      first.initialize();
      reached = variables(first, 0);
    }
    for (int average = 0; average < averages; average++) {
      assign(reached);
      List<Map<Variable, Array>> all = new ArrayList<>();
      for (int rank = 0; rank < processes.size(); rank++) {
        all.add(alone(rank, average * LOCAL));
      }
      assertThat(all).doesNotHaveDuplicates();
      reached = mean(all);
    }
    return reached;
  }

  /** Makes the updates of one process up to the next average. */
  private Map<Variable, Array> alone(int rank, int done) {
    BatchShare share = BatchShare.of(settings(), processes.get(rank));
    try (TrainingStepper stepper = stepper(rank, 1000, RULE);
        BatchQueue queue = queue(share)) {
      for (int step = done; step < done + LOCAL; step++) {
        stepper.step(step + 1, share.take(queue, step));
      }
      return variables(stepper, rank);
    }
  }

  private static Map<Variable, Array> mean(List<Map<Variable, Array>> all) {
    Map<Variable, Array> means = new LinkedHashMap<>();
    for (Variable variable : all.get(0).keySet()) {
      double[] mean = new double[variable.shape().elements()];
      for (Map<Variable, Array> one : all) {
        double[] added = one.get(variable).doubles();
        for (int i = 0; i < mean.length; i++) {
          mean[i] += added[i];
        }
      }
      for (int i = 0; i < mean.length; i++) {
        mean[i] /= all.size();
      }
      means.put(variable, Array.of(variable.shape(), mean));
    }
    return means;
  }

  /** Makes updates up to a number of averages in another process than the first. */
  private CompletableFuture<Map<Variable, Array>> follower(
      int rank, int averages, ParameterUpdateRule rule) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (TrainingStepper stepper = stepper(rank, LOCAL, rule)) {
            ThreadProcesses own = processes.get(rank);
            Follower follower = new Follower(stepper, EXAMPLES, settings(), 7, own, () -> {});
            assertThat(follower.follow(() -> false)).isEqualTo(averages * LOCAL);
            return variables(stepper, rank);
          }
        },
        work -> new Thread(work).start());
  }

  /** Makes updates of processes up to a number of averages. */
  private Map<Variable, Array> together(int averages, ParameterUpdateRule rule) {
    try (TrainingStepper first = stepper(0, LOCAL, rule)) {
      first.initialize();
      first.adapters().takeBase();
      List<CompletableFuture<Map<Variable, Array>>> followers =
          IntStream.range(1, processes.size())
              .mapToObj(rank -> follower(rank, averages, rule))
              .toList();
      Coordination coordination = new Coordination(processes.get(0));
      coordination.share(new Coordination.State(0, false, RATE), first);
      BatchShare share = BatchShare.of(settings(), processes.get(0));
      try (BatchQueue queue = queue(share)) {
        for (int step = 0; step < averages * LOCAL; step++) {
          if (step % LOCAL == 0) {
            assertThat(coordination.announceUpdate()).isTrue();
          }
          first.step(step + 1, share.take(queue, step));
        }
      }
      coordination.announceEnd();
      Map<Variable, Array> reached = variables(first, 0);
      followers.forEach(follower -> assertThat(follower.join()).isEqualTo(reached));
      first.adapters().merge();
      assertThat(variables(first, 0)).isEqualTo(reached);
      return reached;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void processesAreSeparateTrainingsBetweenAverages(int count) {
    processes = ThreadProcesses.of(backends.subList(0, count));
    Map<Variable, Array> expected = separately(2);
    Map<Variable, Array> found = together(2, RULE);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach( // Thirds are rounded by the order in which they are summed and divided.
        (variable, value) ->
            assertThat(found.get(variable).doubles())
                .as(variable.name())
                .containsExactly(value.doubles(), within(count == 2 ? 0 : 1e-12)));
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
