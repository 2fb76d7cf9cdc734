package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import dev.ebt.run.TrainingJob;
import dev.ebt.run.TrainingRequest;
import dev.ebt.store.StoredCheckpoint;
import dev.ebt.store.Weights;
import dev.ebt.tensor.Array;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The moving average of the weights: in training, in checkpoints, and where a model is used. */
class MovingAverageTest {
  private static final double DECAY = 0.3;
  private static final String[] AVERAGED = {
    "--set=training.emaDecay=" + DECAY,
    "--set=training.checkpointEvery=1",
    "--set=training.keepCheckpoints=9",
    "--set=training.learningRate=0.1"
  };

  private final Catalog catalog = Plugins.discover(List.of());
  @TempDir private Path folder;
  private Tiny tiny;

  @BeforeEach
  void configuration() throws IOException {
    tiny = Tiny.in(folder);
  }

  private Path averaged(String name) {
    fine(tiny.train(name, AVERAGED));
    return folder.resolve(name);
  }

  private static StoredCheckpoint checkpoint(Path run, int step) {
    return StoredCheckpoint.of(run, String.valueOf(step));
  }

  @Test
  void isTheWeightedMeanOfTheWeightsAfterEachUpdate() {
    Path run = averaged("run");
    for (String name : checkpoint(run, 1).parameters().keySet()) {
      if (!checkpoint(run, 1).optimizer().containsKey("average." + name)) {
        continue; // Not trained.
      }
      double[] average = checkpoint(run, 1).parameters().get(name).doubles();
      for (int step = 1; step <= Tiny.STEPS; step++) {
        double[] last = checkpoint(run, step).parameters().get(name).doubles();
        double decay = step == 1 ? 0 : Math.min(DECAY, step / (step + 9.0));
        for (int i = 0; i < average.length; i++) {
          average[i] = decay * average[i] + (1 - decay) * last[i];
        }
        assertThat(checkpoint(run, step).optimizer().get("average." + name).doubles())
            .as("%s after %d", name, step)
            .containsExactly(average, within(1e-5));
      }
    }
    assertThat(checkpoint(run, 4).with(Weights.EMA).parameters())
        .isNotEqualTo(checkpoint(run, 4).parameters());
  }

  /** A run that was stopped saves, one that was killed goes on from its last checkpoint. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void goesOnBitForBit(boolean killed) throws IOException {
    Path whole = averaged("whole");
    Overrides overrides =
        Overrides.of(
            "training.emaDecay=" + DECAY,
            "training.checkpointEvery=2",
            "training.keepCheckpoints=9",
            "training.learningRate=0.1");
    TrainingRequest request =
        TrainingRequest.ofFile(Path.of(tiny.path("tiny.yaml")))
            .withOut(folder.resolve("run"))
            .withOverrides(overrides);
    try (TrainingJob job = TrainingJob.begin(catalog, request)) {
      job.run(
          new TrainingListener() {
            @Override
            public void stepped(long step, StepMetrics metrics) {
              if (step == 3 && killed) {
                throw new IllegalStateException("killed");
              } else if (step == 3) {
                job.stop();
              }
            }
          });
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("killed");
    }
    Path run = folder.resolve("run");
    try (TrainingJob job = TrainingJob.resume(catalog, run, null, Overrides.none())) {
      assertThat(job.training().done()).isEqualTo(killed ? 2 : 3);
      job.run(new TrainingListener() {});
    }
    assertSame(checkpoint(run, 4), checkpoint(whole, 4));
  }

  private static void assertSame(StoredCheckpoint found, StoredCheckpoint expected) {
    assertThat(found.hasAverage()).isTrue();
    assertThat(found.parameters()).isEqualTo(expected.parameters());
    assertThat(found.optimizer()).isEqualTo(expected.optimizer());
  }

  @Test
  void isWhatAModelIsUsedWithUnlessTheLastWeightsAreChosen() {
    Path run = averaged("run");
    Map<String, Array> average = checkpoint(run, 4).with(Weights.EMA).parameters();
    assertThat(weights(run, Weights.USUAL)).isEqualTo(average);
    assertThat(weights(run, Weights.EMA)).isEqualTo(average);
    assertThat(weights(run, Weights.LAST)).isEqualTo(checkpoint(run, 4).parameters());

    String[] score = {"score", run.toString(), "--file=" + folder.resolve("text.txt")};
    String usual = likelihood(score);
    assertThat(likelihood(concat(score, "--weights=ema"))).isEqualTo(usual);
    assertThat(likelihood(concat(score, "--weights=last"))).isNotEqualTo(usual);

    String copy = folder.resolve("copy").toString();
    fine("export", run.toString(), "--out", copy, "--weights", "ema");
    assertThat(weights(Path.of(copy), Weights.USUAL)).isEqualTo(average);
    assertThat(refusal("think", copy, "--weights=ema", "--prompt=a"))
        .contains("has no moving average of its weights");
  }

  /** Returns the logarithm of a likelihood in the table of a command. */
  private static String likelihood(String... score) {
    String out = fine(score).out();
    Matcher number = Pattern.compile("-[0-9]+\\.[0-9]{4}").matcher(out);
    assertThat(number.find()).as(out).isTrue();
    return number.group();
  }

  private Map<String, Array> weights(Path run, Weights weights) {
    try (TrainedModel model =
        TrainedModel.open(catalog, run, "latest", weights, Overrides.none())) {
      return values(model.parts());
    }
  }

  private static Map<String, Array> values(RunParts parts) {
    return parts.parameters().stream()
        .collect(toMap(ParameterSpec::name, spec -> parts.backend().read(spec.variable())));
  }

  @Test
  void isWhatIsValidated() {
    Path run = averaged("run");
    Double validated = checkpoint(run, 4).progress().validationLoss();
    assertThat(validated).isCloseTo(loss(run, Weights.USUAL), within(1e-6));
    assertThat(validated).isNotCloseTo(loss(run, Weights.LAST), within(1e-4));
  }

  /** Returns the loss on the rows of the validations during training. */
  private double loss(Path run, Weights weights) {
    try (TrainedModel model =
        TrainedModel.open(catalog, run, "latest", weights, Overrides.none())) {
      RunParts parts = model.parts();
      List<EvaluationResult> results =
          model.evaluate(
              parts.dataset().validation(),
              parts.configuration().training().batch(),
              parts.configuration().training().validationRows(),
              parts.steps().validated());
      return results.get(results.size() - 1).loss();
    }
  }

  @Test
  void isWhatAnotherRunStartsFrom() {
    Path run = averaged("run");
    TrainingRequest request =
        TrainingRequest.ofFile(Path.of(tiny.path("tiny.yaml")))
            .withOut(folder.resolve("next"))
            .withOverrides(Overrides.of("from=" + run));
    try (TrainingJob job = TrainingJob.begin(catalog, request)) {
      assertThat(values(job.parts())).isEqualTo(checkpoint(run, 4).with(Weights.EMA).parameters());
    }
  }

  @Test
  void oneThatIsNotThereIsRefused() {
    Path run = tiny.trained("plain");
    assertThat(refusal("think", run.toString(), "--weights=ema", "--prompt=a"))
        .contains("--weights is ema, but")
        .contains("training.emaDecay was not set in training");
    assertThat(refusal("eval", run.toString(), "--weights=mean"))
        .contains("--weights is 'mean'; ema or last expected");
    assertThatThrownBy(
            () ->
                TrainingJob.resume(
                    catalog, run, null, Overrides.of("training.steps=9", "training.emaDecay=0.9")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "training.emaDecay is 0.9, but the run was trained without a moving average");
    assertThat(refusal(tiny.train("odd", "--set=training.emaDecay=1")))
        .contains("training.emaDecay is 1.0; above 0 and below 1");
  }

  private static String[] concat(String[] some, String... more) {
    return Stream.of(some, more).flatMap(Stream::of).toArray(String[]::new);
  }
}
