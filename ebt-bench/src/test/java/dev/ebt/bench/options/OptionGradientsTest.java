package dev.ebt.bench.options;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.bench.synthetic.PlaceholderTokenizer;
import dev.ebt.model.AutoregressiveEnergy;
import dev.ebt.model.TransformerSettings;
import dev.ebt.model.TransformerSettings.Head;
import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.model.TransformerSettings.Normalization;
import dev.ebt.nn.Activation;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.text.TextModality;
import dev.ebt.text.TextSettings;
import dev.ebt.text.TextSettings.CandidateEmbedding;
import dev.ebt.train.EnergyObjective;
import dev.ebt.train.TrainingProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every option's loss has the gradient of its values: through thinking, in double precision. */
class OptionGradientsTest {
  private static final int VOCABULARY = 5;
  private static final int LENGTH = 3;

  private final EnergyObjective.Settings plain = new EnergyObjective.Settings(2);

  @ParameterizedTest
  @EnumSource
  void conditionings(LandscapeConditioning conditioning) {
    check(model(conditioning, Normalization.RMS, Activation.SILU), thinking(0, 1), plain);
  }

  @ParameterizedTest
  @EnumSource
  void norms(Normalization norm) {
    check(model(LandscapeConditioning.TIME_EMBED, norm, Activation.SILU), thinking(0, 1), plain);
  }

  @Test
  void modulatedNormWithItsOwnBias() {
    check(
        model(LandscapeConditioning.ADALN, Normalization.LAYER, Activation.SILU),
        thinking(0, 1),
        plain);
  }

  @ParameterizedTest
  @EnumSource
  void activations(Activation activation) {
    check(model(LandscapeConditioning.NONE, Normalization.RMS, activation), thinking(0, 1), plain);
  }

  @Test
  void tiedCandidates() {
    check(
        trainingProblem(
            CandidateEmbedding.TIED,
            model(LandscapeConditioning.NONE, Normalization.RMS, Activation.SILU),
            thinking(0, 1),
            plain));
  }

  @ParameterizedTest
  @EnumSource
  void heads(Head head) {
    check(withPreviousEmbedding(head), thinking(0, 1), plain);
  }

  @Test
  void freeEnergy() {
    check(
        trainingProblem(
            new TextSettings(LENGTH, null, null, null, null, 0.7),
            withPreviousEmbedding(Head.DOT_PRODUCT),
            thinking(0, 1),
            plain));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.6})
  void clampAndTemperature(double clamp) {
    check(
        model(LandscapeConditioning.NONE, Normalization.RMS, Activation.SILU),
        thinking(clamp, 0.7),
        plain);
  }

  @Test
  void labelSmoothingAndContrastiveLoss() {
    check(
        model(LandscapeConditioning.TIME_EMBED, Normalization.RMS, Activation.SILU),
        thinking(0, 1),
        new EnergyObjective.Settings(2, 0.2, 0.1));
  }

  /** Published: 6 (7·384² + 2·384) + 384 + 384 + 2·384. */
  @Test
  void countsOfParametersAreAsPublished() {
    assertThat(trunk("xxs", LandscapeConditioning.TIME_EMBED)).isEqualTo(6_199_296);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4xs", "3xs", "xxs", "xs"})
  void matricesAreSevenWidthsSquaredPerBlock(String size) {
    TransformerSettings settings = sized(size, LandscapeConditioning.NONE);
    long vectors = (2L * settings.layers() + 2) * settings.width();
    long matrices = 7L * settings.width() * settings.width() * settings.layers();
    assertThat(trunk(size, LandscapeConditioning.NONE)).isEqualTo(matrices + vectors);
  }

  @Test
  void modulationsAreSixWidthsPerBlockAndTwoAtTheEnd() {
    int width = 128;
    long modulations = (2 * 6 + 2) * (long) width * (width + 1);
    assertThat(trunk("4xs", LandscapeConditioning.ADALN))
        .isEqualTo(trunk("4xs", LandscapeConditioning.TIME_EMBED) + modulations);
  }

  private static TransformerSettings sized(String size, LandscapeConditioning conditioning) {
    return new TransformerSettings(
        size, null, null, null, null, conditioning, null, null, null, null, null);
  }

  private static long trunk(String size, LandscapeConditioning conditioning) {
    return trainingProblem(
            CandidateEmbedding.PROJECTION,
            sized(size, conditioning),
            thinking(0, 1),
            new EnergyObjective.Settings(2))
        .parameters()
        .stream()
        .filter(spec -> spec.name().startsWith("transformer."))
        .map(ParameterSpec::shape)
        .mapToLong(shape -> shape.elements())
        .sum();
  }

  private static TransformerSettings model(
      LandscapeConditioning conditioning, Normalization norm, Activation activation) {
    return new TransformerSettings(
        null, 2, 2, 8, 1.0, conditioning, norm, activation, null, null, null);
  }

  private static TransformerSettings withPreviousEmbedding(Head head) {
    return new TransformerSettings(
        null, 2, 2, 8, 1.0, LandscapeConditioning.TIME_EMBED, null, null, null, true, head);
  }

  private static ThinkingMethod thinking(double clamp, double temperature) {
    return ThinkingMethod.of(
        ThinkingHyperparameters.builder()
            .landscapes(2)
            .stepSize(0.5)
            .learnStepSize(true)
            .clamp(clamp)
            .logitTemperature(temperature)
            .build());
  }

  private static TrainingProblem trainingProblem(
      CandidateEmbedding embedding,
      TransformerSettings settings,
      ThinkingMethod thinking,
      EnergyObjective.Settings objective) {
    return trainingProblem(
        new TextSettings(LENGTH, null, null, null, embedding, null), settings, thinking, objective);
  }

  private static TrainingProblem trainingProblem(
      TextSettings text,
      TransformerSettings settings,
      ThinkingMethod thinking,
      EnergyObjective.Settings objective) {
    return new TrainingProblem(
        new TextModality(text, new PlaceholderTokenizer(VOCABULARY)),
        new AutoregressiveEnergy(settings, thinking.landscapes()),
        EnergyObjective.unrolled(objective),
        thinking,
        List.of());
  }

  private static void check(
      TransformerSettings settings, ThinkingMethod thinking, EnergyObjective.Settings objective) {
    check(trainingProblem(CandidateEmbedding.PROJECTION, settings, thinking, objective));
  }

  private static void check(TrainingProblem trainingProblem) {
    LossGradient.check(trainingProblem, VOCABULARY, LENGTH);
  }
}
