package dev.ebt.think;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.nn.Parameters;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.CheckedBackend;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.TransferLog;
import dev.ebt.testing.TwoValleys;
import dev.ebt.train.TrainingStepper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SelfVerificationTest {
  private static final int LENGTH = 6;
  private static final ThinkingMethod THINKING =
      new ThinkingMethod(1, 0.05, false, null, null, null);

  private final TransferLog backend = new TransferLog(new CheckedBackend(new ReferenceBackend()));
  private final PointModality modality = new PointModality(Shape.of(LENGTH), 1);

  @AfterEach
  void close() {
    backend.close();
  }

  /** Slopes ±0.2; the target is the deeper valley, at ∓1 or a little beyond. */
  private record Slopes(int size) implements Examples {
    @Override
    public Batch batch(int... rows) {
      double[] slopes = new double[rows.length * LENGTH];
      double[] targets = new double[slopes.length];
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] = (rows[i / LENGTH] + i) % 2 == 0 ? 0.2 : -0.2;
        targets[i] = slopes[i] > 0 ? -1 : 1;
      }
      Shape shape = Shape.of(rows.length, LENGTH, 1);
      return new Batch(
          Map.of(PointModality.CENTRE, Array.of(shape, slopes)),
          Array.of(shape, targets),
          Array.filled(Shape.of(rows.length, LENGTH), 1));
    }
  }

  private List<PredictionEvaluator.BatchResult> judge(int rows, ComputeBudgets budgets) {
    Parameters parameters = new Parameters();
    ThinkingStep.stepSize(THINKING, parameters);
    TrainingStepper.initialize(backend, parameters.specs(), 0);
    List<PredictionEvaluator.BatchResult> all = new ArrayList<>();
    try (Thinker thinker =
        new Thinker(backend, modality, new TwoValleys(), THINKING, List.of(), rows)) {
      new PredictionEvaluator(thinker, modality, rows)
          .forEachBatch(new Slopes(4), 4, budgets, 3, all::add);
    }
    return all;
  }

  private List<EvaluationResult> evaluate(ComputeBudgets budgets) {
    Parameters parameters = new Parameters();
    ThinkingStep.stepSize(THINKING, parameters);
    TrainingStepper.initialize(backend, parameters.specs(), 0);
    try (Thinker thinker =
        new Thinker(backend, modality, new TwoValleys(), THINKING, List.of(), 2)) {
      return new PredictionEvaluator(thinker, modality, 2).evaluate(new Slopes(4), 4, budgets, 3);
    }
  }

  /** Of the candidates that ended in either valley, position by position. */
  @Test
  void lowestEnergyIsKeptForEachPredictionByItself() {
    SelfVerification choice = new SelfVerification();
    Shape shape = Shape.of(1, 3);
    Shape inner = Shape.of(1, 3, 2);
    choice.offer(
        Array.of(shape, 1.0, 5, 2), Map.of("candidate", Array.of(inner, 10.0, 11, 12, 13, 14, 15)));
    choice.offer(
        Array.of(shape, 2.0, 4, 2), Map.of("candidate", Array.of(inner, 20.0, 21, 22, 23, 24, 25)));
    choice.offer(
        Array.of(shape, 0.5, 6, 9), Map.of("candidate", Array.of(inner, 30.0, 31, 32, 33, 34, 35)));
    assertThat(choice.chosen()).containsExactly(2, 1, 0);
    assertThat(choice.selected().get("candidate"))
        .isEqualTo(Array.of(inner, 30.0, 31, 22, 23, 14, 15));
  }

  @Test
  void whatIsNotANumberLosesToAnyEnergy() {
    SelfVerification choice = new SelfVerification();
    Shape shape = Shape.of(1, 2);
    for (Array energy :
        List.of(
            Array.of(shape, Double.NaN, 1.0),
            Array.of(shape, 7.0, Double.NaN),
            Array.of(shape, Double.NaN, 2.0))) {
      choice.offer(energy, Map.of("energy", energy));
    }
    assertThat(choice.chosen()).containsExactly(1, 0);
    assertThat(choice.selected().get("energy").doubles()).containsExactly(7, 1);
  }

  /** With one start about half of all predictions end in the shallower valley, at distance 2. */
  @Test
  void moreCandidatesFindTheDeeperValley() {
    List<EvaluationResult> results = evaluate(new ComputeBudgets(List.of(100), List.of(1, 3, 12)));
    assertThat(results).extracting(EvaluationResult::candidates).containsExactly(1, 3, 12);
    assertThat(results.get(0).loss()).isGreaterThan(1);
    assertThat(results.get(1).loss()).isLessThan(results.get(0).loss());
    assertThat(results.get(2).loss()).isLessThan(0.01);
    assertThat(results.get(2).energy()).isLessThan(results.get(0).energy());
    assertThat(results).extracting(EvaluationResult::evaluations).containsExactly(100, 303, 1212);
  }

  @Test
  void oneCandidateIsPlainEvaluation() {
    List<EvaluationResult> plain = evaluate(ComputeBudgets.of(List.of(0, 5)));
    List<EvaluationResult> among = evaluate(new ComputeBudgets(List.of(0, 5), List.of(1, 4)));
    assertThat(among).extracting(EvaluationResult::steps).containsExactly(0, 0, 5, 5);
    assertThat(List.of(among.get(0), among.get(2)))
        .usingRecursiveComparison()
        .ignoringFields("seconds")
        .isEqualTo(plain);
    assertThat(evaluate(new ComputeBudgets(List.of(0, 5), List.of(1, 4))))
        .as("twice is the same bits")
        .usingRecursiveComparison()
        .ignoringFields("seconds")
        .isEqualTo(among);
  }

  /** Candidates of neighbouring batches, too, begin at other places. */
  @Test
  void candidatesBeginIndependently() {
    List<Long> seeds = new ArrayList<>();
    for (long seed = 0; seed < 4; seed++) {
      for (int candidate = 0; candidate < 4; candidate++) {
        seeds.add(SelfVerification.seed(seed, candidate));
      }
    }
    assertThat(seeds).doesNotHaveDuplicates();
    assertThat(SelfVerification.seed(5, 0)).isEqualTo(5);
  }

  @Test
  void contextIsObservedOnceForAllCandidates() {
    backend.clear();
    List<PredictionEvaluator.BatchResult> judged =
        judge(4, new ComputeBudgets(List.of(1, 2), List.of(1, 5)));
    assertThat(judged).hasSize(4).allMatch(j -> j.seconds() > 0 && j.first() == 0);
    assertThat(backend.runs().stream().filter(run -> run.program().equals("observe"))).hasSize(1);
    assertThat(backend.runs().stream().filter(run -> run.program().equals("step"))).hasSize(10);
  }
}
