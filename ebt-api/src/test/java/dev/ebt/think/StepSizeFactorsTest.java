package dev.ebt.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.SettingException;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** E = ½y² in two landscapes, where a step of size α multiplies y by 1 − α. */
class StepSizeFactorsTest {
  private static final Shape ROW = Shape.of(1, 1, 1);

  private final ReferenceBackend backend = new ReferenceBackend();

  @AfterEach
  void close() {
    backend.close();
  }

  private static ThinkingHyperparameters.Builder settings() {
    return ThinkingHyperparameters.builder().landscapes(2).stepSize(0.5).stepsPerLandscape(2);
  }

  private Thinker thinker(ThinkingMethod thinking) {
    Parameters parameters = new Parameters();
    ThinkingStep.stepSize(thinking, parameters);
    parameters.weight("curvature", Shape.scalar(), Initializer.constant(1));
    TrainingStepper.initialize(backend, parameters.specs(), 0);
    Thinker thinker =
        new Thinker(
            backend,
            new PointModality(Shape.of(1), 1),
            new QuadraticEnergy(1, 1),
            thinking,
            List.of(),
            1);
    thinker.observe(Map.of(PointModality.CENTRE, Array.filled(ROW, 0)));
    return thinker;
  }

  /** The published schedules of two steps in each landscape, and two more in the last one. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.5, 0.5 0.5 0.75 0.75 0.75 0.75",
    "0.2, 1, 0.9 0.9 0.5 0.5 0.5 0.5",
    "0.2, , 0.9 0.9 0.9 0.9 0.9 0.9",
  })
  void scaleTheStepsInTheirLandscape(double first, Double last, String shares) {
    List<Double> factors = last == null ? List.of(first) : List.of(first, last);
    ThinkingMethod thinking = ThinkingMethod.of(settings().stepSizeFactors(factors).build());
    try (Thinker thinker = thinker(thinking)) {
      thinker.begin(Array.of(ROW, new double[] {3}));
      double expected = 3;
      int steps = 0;
      for (String share : shares.split(" ")) {
        expected *= Double.parseDouble(share);
        thinker.reach(++steps, 0);
        assertThat(thinker.candidate().real(0)).isCloseTo(expected, within(1e-6));
      }
    }
  }

  @Test
  void scaleALearnedStepSize() {
    ThinkingMethod learned =
        ThinkingMethod.of(settings().learnStepSize(true).stepSizeFactors(List.of(0.5)).build());
    try (Thinker thinker = thinker(learned)) {
      Parameters parameters = new Parameters();
      ThinkingStep.stepSize(learned, parameters);
      backend.assign(parameters.specs().get(0).variable(), Array.scalar(0.8));
      thinker.begin(Array.of(ROW, new double[] {3}));
      thinker.reach(1, 0);
      assertThat(thinker.candidate().real(0)).isCloseTo(3 * 0.6, within(1e-6));
    }
  }

  @Test
  void areRefusedWithoutEffect() {
    assertThatThrownBy(() -> settings().stepSizeFactors(List.of(1.0, 1.0, 0.5)).build())
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("has 3 numbers, and thinking.landscapes is 2");
    assertThatThrownBy(() -> settings().stepSizeFactors(List.of(0.0)).build())
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("is [0.0]; positive numbers expected");
  }
}
