package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.stop.StoppingRule;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.think.Thinker;
import dev.ebt.think.Thinking;
import dev.ebt.think.ThinkingStep;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of stopping rules: each prediction stops by itself, stays where it stopped,
 * and stops at last in a quadratic valley. The test of a rule extends this class and inherits all
 * tests.
 */
public abstract class StoppingRuleContract {
  /** More steps than any rule should take to the minimum, each of which halves the distance. */
  private static final int MANY = 60;

  private static final double[] START = {8, 0.5, 2, 0.25};

  /** Returns the rule. */
  protected abstract StoppingRule rule();

  @Test
  final void resultsAreOneNumberPerPrediction() {
    Shape predictions = Shape.of(3, 2);
    Tensor energy = Tensor.input("energy", predictions, ElementType.REAL);
    Tensor candidate = Tensor.input("candidate", Shape.of(3, 2, 5), ElementType.REAL);
    StoppingRule.Inputs inputs =
        new StoppingRule.Inputs(
            energy, energy, candidate, candidate, candidate, Tensor.constant(1));
    assertThat(rule().settled(inputs).shape()).isEqualTo(predictions);
    assertThat(rule().finished(inputs).shape()).isEqualTo(predictions);
    assertThat(rule().settled(inputs).type()).isEqualTo(ElementType.REAL);
    assertThat(rule().finished(inputs).type()).isEqualTo(ElementType.REAL);
  }

  @Test
  final void predictionsStopByThemselves() {
    Outcome together = think(START, MANY);
    for (int i = 0; i < START.length; i++) {
      Outcome alone = think(new double[] {START[i]}, MANY);
      assertThat(together.candidates()[i]).as("prediction %d", i).isEqualTo(alone.candidates()[0]);
      assertThat(together.evaluations()[i])
          .as("evaluations of prediction %d", i)
          .isEqualTo(alone.evaluations()[0]);
    }
  }

  @Test
  final void allPredictionsStopAtLastAndStay() {
    Outcome once = think(START, MANY);
    for (double evaluations : once.evaluations()) {
      assertThat(evaluations).isBetween(1.0, MANY - 1.0);
    }
    assertThat(think(START, 2 * MANY)).usingRecursiveComparison().isEqualTo(once);
  }

  /** Candidates and evaluations of each prediction. */
  private record Outcome(double[] candidates, double[] evaluations) {}

  private Outcome think(double[] start, int steps) {
    Thinking thinking = new Thinking(1, 0.5, false, null, null, null).stoppedBy(rule());
    Shape shape = Shape.of(1, start.length, 1);
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Parameters parameters = new Parameters();
      ThinkingStep.stepSize(thinking, parameters);
      parameters.weight("curvature", Shape.scalar(), Initializer.constant(1));
      TrainingStepper.initialize(backend, parameters.specs(), 0);
      PointModality modality = new PointModality(Shape.of(start.length), 1);
      QuadraticEnergy energy = new QuadraticEnergy(1, 1);
      try (Thinker thinker = new Thinker(backend, modality, energy, thinking, List.of(), 1)) {
        thinker.observe(Map.of(PointModality.CENTRE, Array.filled(shape, 0)));
        thinker.begin(Array.of(shape, start));
        thinker.reach(steps, 0);
        return new Outcome(
            thinker.candidate().doubles(), thinker.evaluationsUsed().orElseThrow().doubles());
      }
    }
  }
}
