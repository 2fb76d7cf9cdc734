package dev.ebt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.modality.Batch;
import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.optimize.AdamW;
import dev.ebt.optimize.Optimizer;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;
import dev.ebt.text.window.TrainingWindows;
import dev.ebt.train.ParameterUpdateRule;
import dev.ebt.train.TrainingStepper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Learning from small batches of text. */
class TextTrainingTest {
  private final ReferenceBackend backend = new ReferenceBackend();

  @AfterEach
  void close() {
    backend.close();
  }

  private TrainingStepper stepper(Optimizer optimizer, double clip) {
    ParameterUpdateRule rule = ParameterUpdateRule.of(optimizer, 0.01);
    TrainingStepper stepper =
        new TrainingStepper(
            SmallText.trainingProblem(LandscapeConditioning.NONE, ThinkingMethod.UpdateRule.MIRROR),
            backend,
            clip > 0 ? rule.clippedTo(clip) : rule,
            33);
    stepper.initialize();
    return stepper;
  }

  private Map<String, double[]> values(TrainingStepper stepper) {
    Map<String, double[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : stepper.parameters()) {
      values.put(spec.name(), backend.read(spec.variable()).doubles());
    }
    return values;
  }

  /** One batch has padding: gradients are means over predictions, not means of means. */
  @ParameterizedTest
  @ValueSource(doubles = {1e9, 0.05})
  void twoBatchesTogetherAreOneTwiceAsLarge(double clip) {
    Batch first = SmallText.batch(1, 2, 0);
    Batch second = SmallText.batch(2, 2, 7);
    Map<String, double[]> together;
    StepMetrics whole = null;
    try (TrainingStepper stepper = stepper(new AdamW(0.9, 0.999, 1e-8, 0.01), clip)) {
      for (int step = 1; step <= 3; step++) {
        whole = stepper.step(step, List.of(joined(first, second)));
      }
      together = values(stepper);
    }
    try (TrainingStepper stepper = stepper(new AdamW(0.9, 0.999, 1e-8, 0.01), clip)) {
      StepMetrics parts = null;
      for (int step = 1; step <= 3; step++) {
        parts = stepper.step(step, List.of(first, second));
      }
      assertThat(parts.loss()).isCloseTo(whole.loss(), within(1e-9));
      assertThat(parts.gradientNorm()).isCloseTo(whole.gradientNorm(), within(1e-9));
      values(stepper)
          .forEach(
              (name, found) ->
                  assertThat(found).as(name).containsExactly(together.get(name), within(1e-8)));
    }
  }

  @Test
  void stepThatIsGivenUpBetweenItsBatchesHasNotBegun() {
    List<Batch> batches = List.of(SmallText.batch(1, 2, 0), SmallText.batch(2, 2, 7));
    Map<String, double[]> whole;
    try (TrainingStepper stepper = stepper(new AdamW(0.9, 0.999, 1e-8, 0.01), 1)) {
      stepper.step(1, batches);
      stepper.step(2, batches);
      whole = values(stepper);
    }
    try (TrainingStepper stepper = stepper(new AdamW(0.9, 0.999, 1e-8, 0.01), 1)) {
      stepper.step(1, batches);
      Map<String, double[]> before = values(stepper);
      assertThat(stepper.stopsBetweenBatches()).isTrue();
      assertThat(stepper.step(2, batches, () -> true)).isEmpty();
      values(stepper)
          .forEach((name, found) -> assertThat(found).as(name).containsExactly(before.get(name)));
      stepper.step(2, batches);
      values(stepper)
          .forEach((name, found) -> assertThat(found).as(name).containsExactly(whole.get(name)));
    }
  }

  private static Batch joined(Batch first, Batch second) {
    return new Batch(
        Map.of(
            TrainingWindows.TOKENS,
            joined(
                first.context().get(TrainingWindows.TOKENS),
                second.context().get(TrainingWindows.TOKENS))),
        joined(first.target(), second.target()),
        Array.of(
            Shape.of(4, SmallText.LENGTH),
            joined(first.weight().doubles(), second.weight().doubles())));
  }

  private static Array joined(Array first, Array second) {
    return Array.of(
        Shape.of(4, SmallText.LENGTH),
        java.util.stream.LongStream.concat(
                java.util.Arrays.stream(first.longs()), java.util.Arrays.stream(second.longs()))
            .toArray());
  }

  private static double[] joined(double[] first, double[] second) {
    return java.util.stream.DoubleStream.concat(
            java.util.Arrays.stream(first), java.util.Arrays.stream(second))
        .toArray();
  }

  /** Moves everything by the same amount, whatever the gradient says. */
  private record Push(double by) implements Optimizer {
    @Override
    public List<Slot> slots() {
      return List.of();
    }

    @Override
    public Optimizer.Update move(Optimizer.Inputs situation) {
      return new Optimizer.Update(situation.value().plus(by), Map.of());
    }
  }

  @Test
  void stepSizeStaysWithinBothBoundsWhateverTheUpdate() {
    assertThat(stepSizeAfter(1e6))
        .isEqualTo(
            SmallText.thinking(ThinkingMethod.UpdateRule.MIRROR)
                .hyperparameters()
                .maximumStepSize());
    assertThat(stepSizeAfter(-1e6))
        .isCloseTo(ThinkingHyperparameters.MINIMUM_STEP_SIZE, within(1e-12));
    assertThat(stepSizeAfter(0.25)).isCloseTo(1.75, within(1e-12));
  }

  private double stepSizeAfter(double push) {
    try (TrainingStepper stepper = stepper(new Push(push), 1)) {
      stepper.step(1, List.of(SmallText.batch(1, 2, 0)));
      return backend.read(Variable.real("alpha", Shape.scalar())).item();
    }
  }

  @Test
  void sameSeedLearnsTheSameBitsAndAnotherSeedSomethingElse() {
    assertThat(learnt(33)).isEqualTo(learnt(33));
    assertThat(learnt(33)).isNotEqualTo(learnt(34));
  }

  private List<Double> learnt(long seed) {
    try (TrainingStepper stepper =
        new TrainingStepper(
            SmallText.trainingProblem(
                LandscapeConditioning.TIME_EMBED, ThinkingMethod.UpdateRule.MODEL_INPUT),
            backend,
            ParameterUpdateRule.of(new AdamW(0.9, 0.999, 1e-8, 0.01), 0.01).clippedTo(1),
            seed)) {
      stepper.initialize();
      return List.of(
          stepper.step(1, List.of(SmallText.batch(1, 2, 0))).loss(),
          stepper.step(2, List.of(SmallText.batch(2, 2, 3))).loss());
    }
  }
}
