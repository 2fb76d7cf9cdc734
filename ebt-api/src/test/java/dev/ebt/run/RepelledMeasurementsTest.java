package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.config.Overrides;
import dev.ebt.core.CorePlugin;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.testing.TwoValleys;
import dev.ebt.train.TrainingStepper;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A repulsion that the configuration has displaces no candidate that is measured by itself. */
class RepelledMeasurementsTest {
  private static final String REPULSION = "thinking.repel={name: gaussian, strength: 1, width: 1}";

  private static <T> T measured(Function<RunParts, T> measurement, String... settings) {
    Catalog catalog =
        Catalog.of(new CorePlugin(), new PointPlugin().with("valleys", new TwoValleys()));
    Overrides overrides =
        Overrides.of("model=valleys", "objective=energy-of-target", "thinking.landscapes=1")
            .and(Overrides.of(settings));
    try (Components components =
        Components.of(
            catalog, Configurations.read(catalog, "test", PointPlugin.CONFIGURATION, overrides))) {
      RunParts parts = components.get(RunParts.class);
      TrainingStepper.initialize(parts.backend(), parts.parameters(), 0);
      return measurement.apply(parts);
    }
  }

  private static EvaluationRequest request(int... steps) {
    return EvaluationRequest.of(Path.of("unused")).withSteps(steps);
  }

  @Test
  void theCurvatureAfterSomeStepsDoesNotDependOnOtherNumbersOfSteps() {
    String size = "thinking.stepSize=0.05";
    EndPointCurvature last =
        measured(parts -> EndPointCurvature.of(parts, request(2, 6)).get(1), size, REPULSION);
    assertThat(last)
        .isEqualTo(
            measured(parts -> EndPointCurvature.of(parts, request(6)).get(0), size, REPULSION));
  }

  @Test
  void theBasinIsThatOfTheEnergy() {
    String size = "thinking.stepSize=0.05";
    List<BasinShape> alone = measured(parts -> BasinShape.of(parts, request(3, 20)), size);
    List<BasinShape> repelled =
        measured(parts -> BasinShape.of(parts, request(3, 20)), size, REPULSION);
    assertThat(repelled).isEqualTo(alone);
  }

  /** Returns what is found where a first step size is halved: with these seeds. */
  private static List<String> stepSizes(String repulsion) {
    return Stream.of(4, 7)
        .map(
            seed ->
                measured(
                    parts -> StepSizeSearch.of(parts).assignments().get(0).value().toString(),
                    "thinking.stepSize=1",
                    "seed=" + seed,
                    repulsion))
        .toList();
  }

  @Test
  void theStepSizeThatIsFoundIsTheSame() {
    assertThat(stepSizes(REPULSION)).isEqualTo(stepSizes("thinking.repel=null"));
  }
}
