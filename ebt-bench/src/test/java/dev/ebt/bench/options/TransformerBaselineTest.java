package dev.ebt.bench.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.bench.Ebt;
import dev.ebt.bench.synthetic.PlaceholderTokenizer;
import dev.ebt.error.UserException;
import dev.ebt.model.TransformerPlusPlus;
import dev.ebt.model.TransformerSettings;
import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.text.TextModality;
import dev.ebt.text.TextSettings;
import dev.ebt.train.MaximumLikelihood;
import dev.ebt.train.TrainingProblem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transformer++ goes through the loops of energy models, without a step of thinking. */
class TransformerBaselineTest {
  private static final int VOCABULARY = 5;
  private static final int LENGTH = 3;

  @Test
  void gradientIsThatOfTheLoss() {
    LossGradient.check(trainingProblem(TransformerSettings.of(2, 2, 8)), VOCABULARY, LENGTH);
  }

  /** 7 D² per block as the energy model of the same size; 2 V D around it. */
  @Test
  void asManyParametersAsTheEnergyModelOfTheSameSize() {
    long width = 128;
    long expected = 2 * 7 * width * width + (2 * 2 + 1) * width + 2 * VOCABULARY * width;
    TransformerSettings small =
        new TransformerSettings("4xs", null, null, null, null, null, null, null, null, null, null);
    assertThat(
            trainingProblem(small).parameters().stream().mapToLong(s -> s.shape().elements()).sum())
        .isEqualTo(expected);
  }

  @Test
  void conditioningIsRefused() {
    assertThatThrownBy(
            () ->
                new TransformerPlusPlus(
                    TransformerSettings.of(1, 1, 8).with(LandscapeConditioning.TIME_EMBED)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no landscapes");
  }

  @Test
  void commandsTrainEvaluateAndWrite(@TempDir Path folder) {
    String run = folder.resolve("run").toString();
    assertThat(
            Ebt.execute(
                "train",
                "--backend=reference",
                "--set=model.name=transformer",
                "--set=model.layers=1",
                "--set=model.width=8",
                "--set=objective.name=likelihood",
                "--set=regularizers=[]",
                "--set=modality.length=8",
                "--set=data.documents=200",
                "--set=training.steps=3",
                "--set=training.batch=2",
                "--set=training.validationRows=2",
                "--out=" + run))
        .isZero();
    assertThat(Ebt.execute("eval", run, "--rows=2")).isZero();
    assertThat(Ebt.execute("eval", run, "--rows=2", "--steps=1")).isEqualTo(2);
    assertThat(Ebt.execute("think", run, "--count=3")).isZero();
    assertThat(Ebt.execute("think", run, "--steps=2")).isEqualTo(2);
  }

  private static TrainingProblem trainingProblem(TransformerSettings settings) {
    return new TrainingProblem(
        new TextModality(
            new TextSettings(LENGTH, null, null, null), new PlaceholderTokenizer(VOCABULARY)),
        new TransformerPlusPlus(settings),
        new MaximumLikelihood(),
        ThinkingMethod.of(ThinkingHyperparameters.defaults()),
        List.of());
  }
}
