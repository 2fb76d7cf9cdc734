package dev.ebt.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doCallRealMethod;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.ebt.backend.Backend;
import dev.ebt.backend.ProcessGroup;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.CheckedBackend;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.testing.ThreadProcesses;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In a valley that one step leads to the bottom of: E = |y − c|², α = ½, so then y = c. */
class PredictionEvaluatorTest {
  /** Row r is at distance r + 1 from its target; its second prediction counts only if r is even. */
  private record Distances(int size) implements Examples {
    @Override
    public Batch batch(int... rows) {
      Shape shape = Shape.of(rows.length, 2, 1);
      double[] centres = new double[2 * rows.length];
      float[] weights = new float[2 * rows.length];
      for (int i = 0; i < rows.length; i++) {
        centres[2 * i] = rows[i] + 1;
        centres[2 * i + 1] = 10 * (rows[i] + 1);
        weights[2 * i] = 1;
        weights[2 * i + 1] = rows[i] % 2 == 0 ? 1 : 0;
      }
      return new Batch(
          Map.of(PointModality.CENTRE, Array.of(shape, centres)),
          Array.filled(shape, 0),
          Array.of(Shape.of(rows.length, 2), weights));
    }
  }

  private static final ThinkingMethod THINKING =
      new ThinkingMethod(1, 0.5, false, null, null, null);

  private final CheckedBackend backend = new CheckedBackend(new ReferenceBackend());
  private final PointModality modality = new PointModality(Shape.of(2), 1);

  @AfterEach
  void close() {
    backend.close();
  }

  private List<EvaluationResult> evaluate(int rows, int examples, int limit, Integer... steps) {
    return evaluate(backend, ProcessGroup.alone(), rows, examples, limit, steps);
  }

  private List<EvaluationResult> evaluate(
      Backend backend,
      ProcessGroup processes,
      int rows,
      int examples,
      int limit,
      Integer... steps) {
    Parameters parameters = new Parameters();
    ThinkingStep.stepSize(THINKING, parameters);
    parameters.weight("curvature", Shape.scalar(), Initializer.constant(2));
    TrainingStepper.initialize(backend, parameters.specs(), 0);
    try (Thinker thinker =
        new Thinker(backend, modality, new QuadraticEnergy(1, 2), THINKING, List.of(), rows)) {
      return new PredictionEvaluator(thinker, modality, rows)
          .evaluate(new Distances(examples), limit, List.of(steps), 7, processes);
    }
  }

  /** Also where there are fewer batches than processes, and where the last one is not full. */
  @Test
  void processesThatShareRowsHaveTheMeansOfOne() {
    for (int count : new int[] {2, 3}) {
      List<ReferenceBackend> backends =
          Stream.generate(ReferenceBackend::new).limit(count).toList();
      List<ThreadProcesses> processes = ThreadProcesses.of(backends);
      for (int rows : new int[] {1, 2, 3}) {
        List<CompletableFuture<List<EvaluationResult>>> shared =
            IntStream.range(0, count)
                .mapToObj(
                    i ->
                        CompletableFuture.supplyAsync(
                            () -> evaluate(backends.get(i), processes.get(i), rows, 5, 4, 0, 1),
                            work -> new Thread(work).start()))
                .toList();
        List<EvaluationResult> alone = evaluate(rows, 5, 4, 0, 1);
        shared.forEach(CompletableFuture::join);
        List<EvaluationResult> first = shared.get(0).join();
        assertThat(first).hasSameSizeAs(alone);
        for (int i = 0; i < alone.size(); i++) {
          assertThat(first.get(i).predictions()).isEqualTo(alone.get(i).predictions());
          assertThat(first.get(i).means().keySet()).isEqualTo(alone.get(i).means().keySet());
          Map<String, Double> means = first.get(i).means();
          alone
              .get(i)
              .means()
              .forEach((name, mean) -> assertThat(means.get(name)).isCloseTo(mean, within(1e-9)));
        }
      }
      backends.forEach(ReferenceBackend::close);
    }
  }

  /** They would be those of the first process's share. */
  @Test
  void diagnosticsAreRefusedWhereProcessesShareRows() {
    ProcessGroup two = mock(ProcessGroup.class);
    when(two.size()).thenReturn(2);
    try (Thinker thinker =
            new Thinker(backend, modality, new QuadraticEnergy(1, 2), THINKING, List.of(), 1);
        ThinkingDiagnostics diagnostics =
            new ThinkingDiagnostics(backend, modality, thinker, Optional.empty())) {
      PredictionEvaluator evaluator = new PredictionEvaluator(thinker, modality, 1, diagnostics);
      assertThatThrownBy(() -> evaluator.evaluate(new Distances(4), 4, List.of(0, 1), 7, two))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Of losses 1, 100, 4, 9, 900: five predictions, whatever rows they come in. */
  @Test
  void meansAreOverPredictionsWhateverBatchTheyCameIn() {
    for (int rows : new int[] {1, 2, 3, 5}) {
      EvaluationResult result = evaluate(rows, 3, 100, 1).get(0);
      assertThat(result.predictions()).as("%d rows at a time", rows).isEqualTo(5);
      assertThat(result.loss()).isCloseTo((1 + 100 + 4 + 9 + 900) / 5.0, within(1e-9));
      assertThat(result.energy()).isCloseTo(0, within(1e-12));
    }
  }

  @Test
  void limitTakesTheFirstExamples() {
    EvaluationResult result = evaluate(2, 3, 1, 1).get(0);
    assertThat(result.predictions()).isEqualTo(2);
    assertThat(result.loss()).isCloseTo(101 / 2.0, within(1e-9));
  }

  @Test
  void twiceIsTheSameBitsAndEnergyFalls() {
    List<EvaluationResult> first = evaluate(2, 3, 100, 0, 1);
    assertThat(evaluate(2, 3, 100, 0, 1))
        .usingRecursiveComparison()
        .ignoringFields("seconds")
        .isEqualTo(first);
    assertThat(first).allMatch(result -> result.seconds() > 0);
    assertThat(first.get(0).energy()).isGreaterThan(1);
    assertThat(first).extracting(EvaluationResult::steps).containsExactly(0, 1);
  }

  /** How many rows there were, and the sums of their targets and candidates. */
  private static final class Sums implements DistributionMetric {
    private final Map<String, Double> sums = new TreeMap<>(Map.of("rows", 0.0, "candidates", 0.0));

    @Override
    public void add(Batch batch, Array candidates, int rows) {
      sums.merge("rows", (double) rows, Double::sum);
      for (int i = 0; i < 2 * rows; i++) {
        sums.merge("candidates", candidates.real(i), Double::sum);
      }
    }

    @Override
    public Map<String, Double> metrics() {
      return sums;
    }
  }

  /** After one step of half the curvature candidates are at their centres: 1, 10, 2, 20, 3, 30. */
  @Test
  void predictionsAreSeenTogetherWhateverBatchTheyCameIn() {
    Parameters parameters = new Parameters();
    ThinkingStep.stepSize(THINKING, parameters);
    parameters.weight("curvature", Shape.scalar(), Initializer.constant(2));
    TrainingStepper.initialize(backend, parameters.specs(), 0);
    ComputeBudgets budgets = new ComputeBudgets(List.of(0, 1), List.of(1, 2));
    for (int rows : new int[] {1, 2, 3}) {
      try (Thinker thinker =
          new Thinker(backend, modality, new QuadraticEnergy(1, 2), THINKING, List.of(), rows)) {
        List<EvaluationResult> results =
            new PredictionEvaluator(thinker, modality, rows)
                .evaluate(new Distances(3), 3, budgets, 7, () -> Optional.of(new Sums()));
        assertThat(results).allMatch(result -> result.together().get("rows") == 3);
        for (EvaluationResult result : results.subList(2, 4)) {
          assertThat(result.together().get("candidates")).isCloseTo(66, within(1e-6));
        }
        assertThat(results.get(0).together()).isNotEqualTo(results.get(2).together());
      }
    }
    assertThat(evaluate(2, 3, 100, 1).get(0).together()).isEmpty();
  }

  @Test
  void candidatesDifferBeforeTheFirstStepOrAreRefused() {
    Parameters parameters = new Parameters();
    ThinkingStep.stepSize(THINKING, parameters);
    parameters.weight("curvature", Shape.scalar(), Initializer.constant(2));
    TrainingStepper.initialize(backend, parameters.specs(), 0);
    ComputeBudgets three = new ComputeBudgets(List.of(0), List.of(1, 3));
    try (Thinker thinker = thinker(modality, List.of())) {
      thinker.observe(new Distances(1).batch(0).context());
      thinker.begin(SelfVerification.seed(7, 0));
      Array first = thinker.candidate();
      thinker.begin(SelfVerification.seed(7, 1));
      assertThat(thinker.candidate()).isNotEqualTo(first);
      assertThat(
              new PredictionEvaluator(thinker, modality, 1).evaluate(new Distances(1), 1, three, 7))
          .hasSize(2);
    }
    Modality atCentre = mock(Modality.class, delegatesTo(modality));
    doCallRealMethod().when(atCentre).startsDiffer();
    doAnswer(call -> call.getArgument(0, NamedTensors.class).get(PointModality.CENTRE))
        .when(atCentre)
        .initialCandidate(any(), any(), any());
    try (Thinker thinker = thinker(atCentre, List.of())) {
      PredictionEvaluator evaluator = new PredictionEvaluator(thinker, atCentre, 1);
      assertThatThrownBy(() -> evaluator.evaluate(new Distances(1), 1, three, 7))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("candidates is 3, but every candidate starts at the same place");
      assertThat(evaluator.evaluate(new Distances(1), 1, List.of(0, 1), 7)).hasSize(2);
    }
    try (Thinker thinker = thinker(atCentre, List.of(new NoiseWhenJudged()))) {
      assertThat(
              new PredictionEvaluator(thinker, atCentre, 1).evaluate(new Distances(1), 1, three, 7))
          .as("noise on the way tells candidates apart")
          .hasSize(2);
    }
  }

  private Thinker thinker(Modality of, List<Regularizer> regularizers) {
    return new Thinker(backend, of, new QuadraticEnergy(1, 2), THINKING, regularizers, 1);
  }

  private record NoiseWhenJudged() implements Regularizer {
    @Override
    public boolean inEvaluation() {
      return true;
    }

    @Override
    public Tensor beforeStep(Tensor candidate, HookContext site) {
      return candidate.plus(site.uniform(candidate.shape()));
    }
  }

  @Test
  void nothingToJudgeByIsTold() {
    assertThatThrownBy(() -> evaluate(2, 0, 100, 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no validation data");
  }
}
