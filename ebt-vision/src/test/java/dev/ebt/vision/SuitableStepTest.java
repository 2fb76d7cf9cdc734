package dev.ebt.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.config.Overrides;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.model.BidirectionalEnergy;
import dev.ebt.model.BidirectionalSettings;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingMethod.UpdateRule;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.procedural.ShapesOnBackgrounds;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The step size that images of a size begin with. */
class SuitableStepTest {
  private final Catalog catalog = Plugins.discover(List.of());

  @ParameterizedTest
  @CsvSource({
    "16, 4, 100",
    "28, 4, 306.25",
    "32, 4, 400",
    "64, 8, 800",
    "64, 4, 1600",
    "128, 16, 1600"
  })
  void followsTheSizesUnlessTheUserSaysOne(int size, int patch, double stepSize) {
    Overrides sizes =
        Overrides.of("backend.name=reference", "modality.size=" + size, "modality.patch=" + patch);
    ThinkingHyperparameters thinking =
        Configurations.load(catalog, "denoise", null, sizes).thinking().hyperparameters();
    assertThat(thinking.stepSize()).isEqualTo(stepSize);
    assertThat(thinking.stepSizeRate()).isEqualTo(3 * stepSize);
    Overrides said = sizes.and(Overrides.of("thinking.stepSize=7"));
    assertThat(
            Configurations.load(catalog, "denoise", null, said)
                .thinking()
                .hyperparameters()
                .stepSize())
        .isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({"16, 4, 288.675", "28, 4, 884.068", "32, 4, 1154.701"})
  void isFurtherOutOfNothingButNoise(int size, int patch, double stepSize) {
    Overrides sizes =
        Overrides.of("backend.name=reference", "modality.size=" + size, "modality.patch=" + patch);
    assertThat(
            Configurations.load(catalog, "generate-means", null, sizes)
                .thinking()
                .hyperparameters()
                .stepSize())
        .isCloseTo(stepSize, within(1e-3));
  }

  /** Of models of like weights; the same α for all would move those of 64 an eighth as far. */
  @Test
  void movesPixelsAboutAsFarInLargeImagesAsInSmallOnes() {
    double small = firstMove(16, 4);
    assertThat(small).isPositive();
    assertThat(firstMove(32, 4) / small).isBetween(0.8, 1.25);
    assertThat(firstMove(64, 4) / small).isBetween(0.8, 1.25);
    assertThat(firstMove(64, 8) / small).isBetween(0.67, 1.5);
  }

  /** How far the first step moves the values of a noisy image, root mean square. */
  private static double firstMove(int size, int patch) {
    DenoisingSettings settings = new DenoisingSettings(size, 3, patch, null, null, null);
    DenoisingModality modality = new DenoisingModality(settings);
    BidirectionalEnergy model =
        new BidirectionalEnergy(new BidirectionalSettings(null, 1, 2, 32, 1.0));
    Parameters parameters = new Parameters();
    EnergyFunction energy = new EnergyFunction(modality, model, parameters);
    ThinkingMethod thinking =
        new ThinkingMethod(1, settings.suitableStepSize(), false, null, null, UpdateRule.CANDIDATE);
    ThinkingStep step = new ThinkingStep(energy, thinking, List.of());
    Tensor noisy =
        Tensor.input(DenoisingModality.NOISY, modality.target().shape(1), ElementType.REAL);
    Tensor key = Tensor.constant(Array.of(Shape.of(2), 1L, 2L));
    Tensor landscape = Tensor.constant(0);
    NamedTensors observed =
        energy.observe(NamedTensors.of(DenoisingModality.NOISY, noisy), landscape);
    Tensor moved =
        step.take(observed, step.begin(noisy), landscape, step.stepSizes(Shape.of(1), key), 0, key)
            .candidate();
    Program program = Program.named("test").output("moved", moved.minus(noisy)).build();
    byte[] planes = ShapesOnBackgrounds.training(1, 3, size, 5).planes(0);
    Array clean = DenoisingModality.values(planes, modality.candidate());
    Array entering =
        modality.features(modality.noisy(clean, 0.1, 1), 0.1).get(DenoisingModality.NOISY);
    try (ReferenceBackend backend = new ReferenceBackend()) {
      parameters.specs().forEach(spec -> backend.assign(spec.variable(), somewhere(spec)));
      double[] moves =
          backend
              .compile(program)
              .run(Map.of(DenoisingModality.NOISY, entering))
              .get("moved")
              .doubles();
      return Math.sqrt(Arrays.stream(moves).map(m -> m * m).average().orElseThrow());
    }
  }

  /** As learning begins, but that nothing is 0: else no energy would have a slope. */
  private static Array somewhere(ParameterSpec spec) {
    SplittableRandom random = new SplittableRandom(spec.name().hashCode());
    float[] values = spec.initializer().values(spec.shape(), random);
    boolean zero = Arrays.equals(values, new float[values.length]);
    return Array.of(
        spec.shape(), zero ? Initializer.normal(0.1).values(spec.shape(), random) : values);
  }
}
