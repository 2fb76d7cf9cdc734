package dev.ebt.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Cluster;
import dev.ebt.backend.LostProcessException;
import dev.ebt.backend.ProcessGroup;
import dev.ebt.modality.Batch;
import dev.ebt.model.JointEnergy;
import dev.ebt.model.JointSettings;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.optimize.AdamW;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;
import dev.ebt.train.EnergyObjective;
import dev.ebt.train.ParameterUpdateRule;
import dev.ebt.train.SharedUpdates;
import dev.ebt.train.TrainingProblem;
import dev.ebt.train.TrainingStepper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract tests of backends that several processes can train with. The test of such a backend
 * extends this class beside {@link BackendContract}. The processes are threads with a backend each.
 */
public abstract class ProcessGroupContract {
  private static final CellsModality CELLS = new CellsModality(4, 3);
  private static final int ROWS = 2;
  private static final int UPDATES = 5;

  /** A few roundings of float32: an accumulator rounds after each term, a sum of processes once. */
  private static final double TOLERANCE = 1e-4;

  private static final Variable V = Variable.real("v", Shape.of(2, 3));
  private static final Variable W = Variable.real("w", Shape.scalar());

  /** Returns a new backend. */
  protected abstract Backend open();

  /** The work of one process. */
  private interface Work<T> {
    T of(Backend backend, ProcessGroup processes);
  }

  private <T> List<T> inProcesses(int count, Work<T> work) {
    return inProcesses(count, Duration.ofSeconds(60), work);
  }

  private <T> List<T> inProcesses(int count, Duration timeout, Work<T> work) {
    List<String> addresses = addresses(count);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<T>> results =
          IntStream.range(0, count)
              .mapToObj(rank -> threads.submit(() -> inProcess(addresses, rank, timeout, work)))
              .toList();
      List<T> all = new ArrayList<>();
      for (Future<T> result : results) {
        all.add(result.get());
      }
      return all;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private <T> T inProcess(List<String> addresses, int rank, Duration timeout, Work<T> work) {
    try (Backend backend = open();
        ProcessGroup processes = backend.join(new Cluster(addresses, rank, timeout))) {
      return work.of(backend, processes);
    }
  }

  /** Returns addresses on this machine that are free at present. */
  public static List<String> addresses(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0));
      }
      List<String> addresses =
          sockets.stream().map(socket -> "127.0.0.1:" + socket.getLocalPort()).toList();
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return addresses;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void arraysAreSummedOverAllProcesses(int count) {
    List<List<Array>> sums =
        inProcesses(
            count,
            (backend, processes) ->
                List.of(
                    processes.sum(Array.of(Shape.of(2), 1L << processes.rank(), 5L)),
                    processes.sum(Array.of(Shape.of(3), 1.0, 1e-12, processes.rank())),
                    processes.sum(Array.scalar(3L)),
                    processes.sum(Array.of(Shape.of(2), processes.rank(), 1L))));

    int ranks = count * (count - 1) / 2;
    List<Array> expected =
        List.of(
            Array.of(Shape.of(2), (1L << count) - 1, 5L * count),
            Array.of(
                Shape.of(3), count, IntStream.range(0, count).mapToDouble(i -> 1e-12).sum(), ranks),
            Array.scalar(3L * count),
            Array.of(Shape.of(2), (long) ranks, count));
    sums.forEach(found -> assertThat(found).isEqualTo(expected));
  }

  @Test
  void variablesAreSummedAndBroadcast() {
    Array own = Array.of(V.shape(), 1f, 2f, 3f, 4f, 5f, 6f);
    List<List<Array>> found =
        inProcesses(
            2,
            (backend, processes) -> {
              backend.assign(V, processes.isFirst() ? own : Array.filled(V.shape(), 0.5));
              backend.assign(W, Array.scalar(processes.rank() + 1.0));
              processes.sum(List.of(V, W));
              Array sumOfV = backend.read(V);
              Array sumOfW = backend.read(W);
              backend.assign(V, processes.isFirst() ? own : Array.filled(V.shape(), 7));
              if (!processes.isFirst()) {
                backend.release(List.of(W)); // Variables without a value receive one.
              }
              processes.broadcast(List.of(V, W));
              return List.of(sumOfV, sumOfW, backend.read(V), backend.read(W));
            });

    found.forEach(
        values ->
            assertThat(values)
                .containsExactly(
                    Array.of(V.shape(), 1.5f, 2.5f, 3.5f, 4.5f, 5.5f, 6.5f),
                    Array.scalar(3.0),
                    own,
                    Array.scalar(3.0)));
  }

  @Test
  void aProcessThatLeavesEarlyEndsTheSumsOfTheOthers() {
    List<String> ends =
        inProcesses(
            2,
            Cluster.LEAST_TIMEOUT,
            (backend, processes) -> {
              processes.sum(Array.scalar(1L));
              if (processes.isFirst()) {
                return "left";
              }
              try {
                processes.sum(Array.scalar(1L));
                return "summed";
              } catch (LostProcessException e) {
                return String.valueOf(e.getMessage());
              }
            });

    assertThat(ends.get(0)).isEqualTo("left");
    assertThat(ends.get(1)).matches("process 0 \\(127\\.0\\.0\\.1:[0-9]+\\) has left");
  }

  /** What a training has reached: the metrics of its updates, and its variables. */
  private record Trained(List<StepMetrics> metrics, Map<String, Array> variables) {}

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void processesHaveTheBitsOfEachOtherAndTheNumbersOfOneThatAccumulates(int count) {
    Trained alone = inProcess(backend -> train(backend, ProcessGroup.alone(), count));
    List<Trained> shared = inProcesses(count, (backend, processes) -> train(backend, processes, 1));

    shared.forEach(each -> assertThat(each).isEqualTo(shared.get(0)));
    Trained first = shared.get(0);
    assertThat(first.metrics().get(0)).isNotEqualTo(first.metrics().get(UPDATES - 1));
    for (int i = 0; i < UPDATES; i++) {
      assertThat(first.metrics().get(i).loss())
          .isCloseTo(alone.metrics().get(i).loss(), within(TOLERANCE));
    }
    alone
        .variables()
        .forEach(
            (name, value) ->
                assertThat(first.variables().get(name).doubles())
                    .as(name)
                    .containsExactly(value.doubles(), within(TOLERANCE)));
  }

  private Trained inProcess(Function<Backend, Trained> work) {
    try (Backend backend = open()) {
      return work.apply(backend);
    }
  }

  /** Trains with {@code count} batches for each process, of which each update has the next ones. */
  private static Trained train(Backend backend, ProcessGroup processes, int count) {
    TrainingProblem problem =
        new TrainingProblem(
            CELLS,
            new JointEnergy(new JointSettings(null, 1, 2, 8, null), 1),
            EnergyObjective.system1(new EnergyObjective.Settings(2)),
            new ThinkingMethod(1, 0.5, false, null, null, ThinkingMethod.UpdateRule.MIRROR),
            List.of());
    ParameterUpdateRule rule =
        ParameterUpdateRule.of(new AdamW(0.9, 0.999, 1e-8, 0.01), 0.01).clippedTo(1);
    try (TrainingStepper stepper =
        new TrainingStepper(problem, backend, rule, 5, SharedUpdates.of(processes))) {
      if (processes.isFirst()) {
        stepper.initialize();
      }
      List<Variable> variables = new ArrayList<>(stepper.slots());
      stepper.parameters().stream().map(ParameterSpec::variable).forEach(variables::add);
      processes.broadcast(variables);
      List<StepMetrics> metrics = new ArrayList<>();
      int first = processes.rank() * count;
      for (long step = 1; step <= UPDATES; step++) {
        long update = step;
        List<Batch> batches =
            IntStream.range(first, first + count).mapToObj(i -> batch(update, i)).toList();
        metrics.add(stepper.step(step, batches));
      }
      Map<String, Array> reached = new LinkedHashMap<>();
      variables.forEach(v -> reached.put(v.name(), requireNonNull(backend.read(v))));
      return new Trained(metrics, reached);
    }
  }

  private static Batch batch(long update, int number) {
    int from = (int) update + ROWS * number;
    return CELLS.examples(16).batch(IntStream.range(from, from + ROWS).toArray());
  }
}
