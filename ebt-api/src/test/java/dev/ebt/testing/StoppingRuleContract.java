package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.stop.StoppingRule;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.think.Thinker;
import dev.ebt.train.TrainingStepper;
import java.util.LinkedHashMap;
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
    StoppingRule.Inputs inputs = inputs(predictions);
    assertThat(rule().settled(inputs).shape()).isEqualTo(predictions);
    assertThat(rule().finished(inputs).shape()).isEqualTo(predictions);
    assertThat(rule().settled(inputs).type()).isEqualTo(ElementType.REAL);
    assertThat(rule().finished(inputs).type()).isEqualTo(ElementType.REAL);
  }

  @Test
  final void stateIsOneNumberPerPredictionForEverySlot() {
    Shape predictions = Shape.of(3, 2);
    Map<String, Tensor> next = rule().nextSlots(inputs(predictions));
    assertThat(rule().slots()).extracting(StoppingRule.Slot::name).doesNotHaveDuplicates();
    assertThat(next.keySet())
        .containsExactlyInAnyOrderElementsOf(
            rule().slots().stream().map(StoppingRule.Slot::name).toList());
    next.forEach(
        (name, value) -> {
          assertThat(value.shape()).as("shape of slot %s", name).isEqualTo(predictions);
          assertThat(value.type()).as("type of slot %s", name).isEqualTo(ElementType.REAL);
        });
  }

  private StoppingRule.Inputs inputs(Shape predictions) {
    Tensor energy = Tensor.input("energy", predictions, ElementType.REAL);
    Tensor candidate = Tensor.input("candidate", predictions.plus(5), ElementType.REAL);
    Map<String, Tensor> slots = new LinkedHashMap<>();
    for (StoppingRule.Slot slot : rule().slots()) {
      slots.put(slot.name(), Tensor.input(slot.name(), predictions, ElementType.REAL));
    }
    return new StoppingRule.Inputs(
        energy, energy, candidate, candidate, candidate, Tensor.constant(1), slots);
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

  /** What stopped, and the state of the rule, are those of one thinking, not of the session. */
  @Test
  final void thinkingAnewIsLikeThinkingFirst() {
    assertThat(think(START, MANY, 2)).usingRecursiveComparison().isEqualTo(think(START, MANY, 1));
  }

  /** Candidates and evaluations of each prediction. */
  private record Outcome(double[] candidates, double[] evaluations) {}

  private Outcome think(double[] start, int steps) {
    return think(start, steps, 1);
  }

  private Outcome think(double[] start, int steps, int times) {
    ThinkingMethod thinking = new ThinkingMethod(1, 0.5, false, null, null, null).stoppedBy(rule());
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
        for (int i = 0; i < times; i++) {
          thinker.begin(Array.of(shape, start));
          thinker.reach(steps, 0);
        }
        return new Outcome(
            thinker.candidate().doubles(), thinker.evaluationsUsed().orElseThrow().doubles());
      }
    }
  }
}
