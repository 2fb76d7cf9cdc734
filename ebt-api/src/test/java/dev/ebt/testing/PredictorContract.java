package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.HeldElements;
import dev.ebt.modality.Modality;
import dev.ebt.predict.FixedElements;
import dev.ebt.predict.Interruption;
import dev.ebt.predict.Predictor;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of the predictors of a model family: candidates of the modality's shape that
 * depend on context and seed alone, and an energy where the model thinks. The test of a family
 * extends this class and inherits all tests.
 */
public abstract class PredictorContract {
  private static final int ROWS = 3;
  private static final int MOST_INTERRUPTIONS = 4;

  /** Returns a new predictor of a number of rows, whose parameters have values on the backend. */
  protected abstract Predictor predictor(int rows);

  /** Returns the backend of the predictors. */
  protected abstract Backend backend();

  /** Returns the modality. */
  protected abstract Modality modality();

  /** Returns at least three rows of data. */
  protected abstract Examples examples();

  /** Returns a possible number of steps. */
  protected abstract int steps();

  @Test
  final void candidatesHaveTheShapeOfTheModality() {
    try (Predictor predictor = predictor(ROWS)) {
      Array found = predict(predictor, 0, 1);

      assertThat(found.shape()).isEqualTo(Shape.of(ROWS).plus(modality().candidate().toIntArray()));
      assertThat(Arrays.stream(found.doubles())).allMatch(Double::isFinite);
      assertThat(backend().read(predictor.candidates()).doubles()).isEqualTo(found.doubles());
    }
  }

  @Test
  final void aPredictionIsAFunctionOfContextAndSeed() {
    try (Predictor predictor = predictor(ROWS);
        Predictor other = predictor(ROWS)) {
      double[] first = predict(predictor, 0, 1).doubles();
      predict(predictor, 1, 2);

      assertThat(predict(predictor, 0, 1).doubles()).isEqualTo(first);
      assertThat(predict(other, 0, 1).doubles()).isEqualTo(first);
    }
  }

  @Test
  final void candidatesOfDifferentSeedsAreTheSameWhereThePredictorSaysSo() {
    try (Predictor predictor = predictor(ROWS)) {
      double[] first = predict(predictor, 0, 1).doubles();
      boolean differ = false;
      for (long seed = 2; seed < 10; seed++) {
        differ |= !Arrays.equals(predict(predictor, 0, seed).doubles(), first);
      }

      assertThat(differ && !predictor.candidatesDiffer()).isFalse();
    }
  }

  @Test
  final void candidatesAreAssessedByLossAndMetrics() {
    try (Predictor predictor = predictor(ROWS)) {
      predict(predictor, 0, 1);
      Map<String, Array> values = predictor.assess(modality().target().name(), batch(0).target());

      Shape predictions = Shape.of(ROWS).plus(modality().predictions().toIntArray());
      assertThat(values).containsKey("loss");
      assertThat(values.values()).allMatch(value -> value.shape().equals(predictions));
    }
  }

  @Test
  final void anEnergyIsThatOfAModelThatThinks() {
    try (Predictor predictor = predictor(ROWS)) {
      predict(predictor, 0, 1);
      if (predictor.thinks()) {
        assertThat(predictor.energy().shape())
            .isEqualTo(Shape.of(ROWS).plus(modality().predictions().toIntArray()));
      } else {
        assertThatThrownBy(predictor::energy).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> predictor.step(1, 0)).isInstanceOf(IllegalStateException.class);
      }
      assertThat(predictor.evaluations(steps())).isNotNegative();
      predictor.check(steps());
    }
  }

  @Test
  final void aNumberOfStepsHasOneResultHoweverItIsReached() {
    try (Predictor predictor = predictor(ROWS)) {
      double[] whole = predict(predictor, 0, 1).doubles();
      predictor.begin(1);
      predictor.reach(0, 0);
      if (predictor.thinks()) {
        predictor.reach(1, 0);
      }
      predictor.reach(steps(), 0);
      assertThat(predictor.candidate().doubles()).isEqualTo(whole);

      if (predictor.thinks()) {
        predictor.begin(1);
        for (int i = 0; i < steps(); i++) {
          predictor.step(predictor.stepSizeScale(steps()), 0);
        }
        assertThat(predictor.candidate().doubles()).isEqualTo(whole);
      }
    }
  }

  /** For modalities whose contexts give elements of candidates. */
  @Test
  final void elementsThatTheContextGivesAreThoseOfThePrediction() {
    Map<String, Tensor> features = new LinkedHashMap<>();
    modality().context().forEach(feature -> features.put(feature.name(), feature.input(ROWS)));
    Optional<HeldElements> held = modality().held(NamedTensors.of(features));
    if (held.isEmpty()) {
      return;
    }
    Program program =
        Program.named("held")
            .output("mask", Functions.real(held.get().held()))
            .output("values", held.get().values())
            .build();
    Map<String, Array> context = new HashMap<>(batch(0).context());
    context.keySet().retainAll(program.inputs().keySet());
    try (Executable executable = backend().compile(program);
        Predictor predictor = predictor(ROWS)) {
      Map<String, Array> given = executable.run(context);
      Array found = predict(predictor, 0, 1);

      assertThat(given.get("mask").shape()).isEqualTo(found.shape());
      assertThat(new FixedElements(given.get("mask"), given.get("values")).in(found).doubles())
          .isEqualTo(found.doubles());
    }
  }

  /** A deadline or a cancelled call ends a prediction; the next one is as if it had not been. */
  @Test
  final void interruptionEndsAPredictionBetweenItsPrograms() {
    try (Predictor predictor = predictor(ROWS)) {
      double[] whole = predict(predictor, 0, 1).doubles();
      int programs = interrupted(predictor, Integer.MAX_VALUE);
      assertThat(programs).isGreaterThanOrEqualTo(predictor.thinks() ? steps() : 1);

      for (int end = 1; end <= Math.min(programs, MOST_INTERRUPTIONS); end++) {
        int last = end;
        assertThatThrownBy(() -> interrupted(predictor, last))
            .isInstanceOf(CancellationException.class);
        assertThat(predict(predictor, 0, 1).doubles()).isEqualTo(whole);
      }
    }
  }

  /** Predicts until the check was called so many times; returns how many times that was. */
  private int interrupted(Predictor predictor, int last) {
    int[] checks = {0};
    Interruption.during(
        () -> {
          checks[0]++;
          if (checks[0] == last) {
            throw new CancellationException();
          }
        },
        () -> predict(predictor, 1, 2));
    return checks[0];
  }

  private Array predict(Predictor predictor, int from, long seed) {
    predictor.observe(batch(from).context());
    predictor.begin(seed);
    predictor.reach(steps(), 0);
    return predictor.candidate();
  }

  /** Returns three rows: the first three, or these in another order. */
  private Batch batch(int from) {
    return examples().batch(new int[] {from, (from + 1) % ROWS, (from + 2) % ROWS});
  }
}
