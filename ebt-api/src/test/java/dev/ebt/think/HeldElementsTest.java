package dev.ebt.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.optimize.GradientTransformChain;
import dev.ebt.optimize.Momentum;
import dev.ebt.optimize.Optimizer;
import dev.ebt.predict.FixedElements;
import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeException;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Elements of candidates that are given stay exactly as they are; the others think on. */
class HeldElementsTest {
  private static final PointModality POINTS = new PointModality(Shape.of(2), 3);
  private static final Shape SHAPE = Shape.of(1, 2, 3);
  private static final double[] MASK = {1, 0, 0, 0, 1, 1};

  /** Beyond the clamp of 2, on purpose. */
  private static final double[] GIVEN = {7.25, 0, 0, 0, -3.5, 0.1};

  private static final FixedElements FIXED =
      new FixedElements(Array.of(SHAPE, MASK), Array.of(SHAPE, GIVEN));

  /** Noise on candidates and gradients, in use as in training. */
  private record Noise() implements Regularizer {
    @Override
    public boolean inEvaluation() {
      return true;
    }

    @Override
    public Tensor beforeStep(Tensor candidate, HookContext site) {
      return candidate.plus(Functions.randomNormal(site.key(), site.number(), candidate.shape()));
    }

    @Override
    public Tensor gradient(Tensor gradient, Tensor stepSize, HookContext site) {
      return gradient.plus(1);
    }
  }

  private interface Use {
    void of(Thinker thinker);
  }

  private static void think(Optimizer optimizer, boolean holding, Use use) {
    think(optimizer, holding, 1, use);
  }

  private static void think(Optimizer optimizer, boolean holding, int rows, Use use) {
    ThinkingHyperparameters numbers =
        ThinkingHyperparameters.builder()
            .landscapes(1)
            .stepSize(0.25)
            .learnStepSize(false)
            .clamp(2.0)
            .build();
    ThinkingMethod thinking = new ThinkingMethod(numbers, optimizer);
    QuadraticEnergy model = new QuadraticEnergy(3, 2);
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Parameters parameters = new Parameters();
      ThinkingStep.stepSize(thinking, parameters);
      parameters.weight("curvature", Shape.scalar(), Initializer.constant(2));
      TrainingStepper.initialize(backend, parameters.specs(), 0);
      List<Regularizer> noise = List.of(new Noise());
      CompiledThinking compiled =
          holding
              ? CompiledThinking.holding(backend, POINTS, model, thinking, noise, rows)
              : CompiledThinking.of(backend, POINTS, model, thinking, noise, rows, 0);
      try (Thinker thinker = compiled.session()) {
        thinker.observe(Map.of(PointModality.CENTRE, Array.filled(SHAPE.with(0, rows), 1)));
        use.of(thinker);
      }
    }
  }

  private static void assertHeld(Array candidate) {
    for (int i = 0; i < GIVEN.length; i++) {
      if (MASK[i] == 1) {
        assertThat(candidate.real(i)).as("element %d", i).isEqualTo(GIVEN[i]);
      } else {
        assertThat(candidate.real(i)).as("element %d", i).isNotEqualTo(GIVEN[i]);
      }
    }
  }

  private static void assertHeldInEveryStep(Optimizer optimizer) {
    think(
        optimizer,
        true,
        thinker -> {
          thinker.hold(FIXED);
          thinker.begin(3);
          Array before = thinker.candidate();
          for (int step = 0; step < 3; step++) {
            assertHeld(thinker.candidate());
            thinker.step();
          }
          assertHeld(thinker.candidate());
          assertThat(thinker.candidate().real(1)).isNotEqualTo(before.real(1));
          thinker.begin(Array.filled(SHAPE, 0.5));
          assertHeld(thinker.candidate());
        });
  }

  @Test
  void noiseStepsAndClampLeaveThemAlone() {
    assertHeldInEveryStep(new GradientDescent());
  }

  @Test
  void slotsOfAnOptimizerLeaveThemAlone() {
    assertHeldInEveryStep(new GradientTransformChain(List.of(new Momentum(0.9, false))));
  }

  @Test
  void withoutAnyASessionThinksAsAnyOther() {
    Array[] found = new Array[2];
    for (int i = 0; i < 2; i++) {
      int which = i;
      think(
          new GradientDescent(),
          i == 1,
          thinker -> {
            thinker.begin(3);
            thinker.step();
            thinker.step();
            found[which] = thinker.candidate();
          });
    }
    assertThat(found[1]).isEqualTo(found[0]);
  }

  private static Array twoSteps(long... seeds) {
    Array[] found = new Array[1];
    think(
        new GradientDescent(),
        true,
        seeds.length,
        thinker -> {
          thinker.beginEach(Array.of(Shape.of(seeds.length), seeds));
          thinker.step();
          thinker.step();
          found[0] = thinker.candidate();
        });
    return found[0];
  }

  @Test
  void aRowHasTheRandomNumbersOfItsSeedAlone() {
    Array together = twoSteps(7, 8, 7);

    assertThat(together.row(0)).isEqualTo(twoSteps(7).row(0)).isEqualTo(together.row(2));
    assertThat(together.row(1)).isEqualTo(twoSteps(8).row(0)).isNotEqualTo(together.row(0));
  }

  @Test
  void aSessionThatCannotSaysSoAndShapesAreChecked() {
    think(
        new GradientDescent(),
        false,
        thinker ->
            assertThatThrownBy(() -> thinker.hold(FIXED))
                .isInstanceOf(IllegalStateException.class));
    Array one = Array.filled(Shape.of(1, 2, 2), 1);
    think(
        new GradientDescent(),
        true,
        thinker ->
            assertThatThrownBy(() -> thinker.hold(new FixedElements(one, one)))
                .isInstanceOf(ShapeException.class));
    assertThatThrownBy(() -> new FixedElements(Array.filled(SHAPE, 0.5), Array.filled(SHAPE, 1)))
        .hasMessageContaining("0.5; 0 or 1 expected");
  }
}
