package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.plugin.ResolvedConfiguration;
import dev.ebt.run.DataOverride;
import dev.ebt.run.TrainedModel;
import dev.ebt.run.TrainingJob;
import dev.ebt.run.TrainingRequest;
import dev.ebt.store.JsonLinesTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training from Java, without a command line. */
class TrainingJobTest {
  private static final TrainingListener NOBODY = new TrainingListener() {};

  private final Catalog catalog = Plugins.discover(List.of());
  @TempDir private Path folder;

  private TrainingRequest request(String out) throws IOException {
    return TrainingRequest.ofFile(Path.of(Tiny.in(folder).path("tiny.yaml")))
        .withOut(folder.resolve(out));
  }

  /** Runs a job that is stopped after a step. */
  private static TrainingJob.Outcome stoppedAfter(long last, TrainingJob job) {
    return job.run(
        new TrainingListener() {
          @Override
          public void stepped(long step, StepMetrics metrics) {
            if (step == last) {
              job.stop();
            }
          }
        });
  }

  @Test
  void stopsSavesAndResumesToTheSameMetrics() throws IOException {
    try (TrainingJob whole = TrainingJob.begin(catalog, request("whole"))) {
      assertThat(whole.run(NOBODY))
          .isEqualTo(new TrainingJob.Outcome(Tiny.STEPS, TrainingJob.End.COMPLETE, ""));
    }
    try (TrainingJob first = TrainingJob.begin(catalog, request("run"))) {
      assertThat(stoppedAfter(3, first))
          .isEqualTo(new TrainingJob.Outcome(3, TrainingJob.End.STOPPED, ""));
    }
    Path run = folder.resolve("run");
    try (TrainingJob rest = TrainingJob.resume(catalog, run, null, Overrides.none())) {
      assertThat(rest.training().done()).isEqualTo(3);
      assertThat(rest.run(NOBODY).end()).isEqualTo(TrainingJob.End.COMPLETE);
    }
    assertThat(Tiny.metrics(run)).isEqualTo(Tiny.metrics(folder.resolve("whole")));
    try (TrainedModel model = TrainedModel.open(run)) {
      assertThat(model.progress().step()).isEqualTo(Tiny.STEPS);
    }
  }

  @Test
  void validationsMeasureTheStabilityOfSteps() throws IOException {
    Overrides one = Overrides.of("training.steps=1", "thinking.learnStepSize=false");
    try (TrainingJob job = TrainingJob.begin(catalog, request("run").withOverrides(one))) {
      job.run(NOBODY);
    }
    List<Map<String, Object>> lines =
        JsonLinesTail.all(folder.resolve("run").resolve("metrics.jsonl"));
    double stepSize = number(lines.get(0), "stepSize");
    Map<String, Object> validation = lines.get(1);
    double curvature = number(validation, "validation.curvature");
    assertThat(curvature).isNotZero();
    assertThat(number(validation, "validation.stability"))
        .isCloseTo(stepSize * curvature, withinPercentage(0.01));
    assertThat(number(validation, "validation.unstable")).isBetween(0.0, 1.0);
  }

  private static double number(Map<String, Object> line, String name) {
    return ((Number) line.get(name)).doubleValue();
  }

  @Test
  void patienceLastsOverAResumption() throws IOException {
    Overrides never =
        Overrides.of(
            "training.validateEvery=1",
            "training.checkpointEvery=1",
            "monitors=[{name: early-stopping, improvement: 9, patience: 2}]");
    try (TrainingJob job = TrainingJob.begin(catalog, request("run").withOverrides(never))) {
      assertThat(stoppedAfter(2, job).end()).isEqualTo(TrainingJob.End.STOPPED);
    }
    Path run = folder.resolve("run");
    try (TrainingJob rest = TrainingJob.resume(catalog, run, null, Overrides.none())) {
      assertThat(rest.run(NOBODY).step()).isEqualTo(3);
    }
  }

  @Test
  void aMonitorEndsATrainingEarlyAndItCanBeResumed() throws IOException {
    Overrides never =
        Overrides.of(
            "training.validateEvery=1",
            "monitors=[{name: early-stopping, improvement: 9, patience: 2}]");
    try (TrainingJob job = TrainingJob.begin(catalog, request("run").withOverrides(never))) {
      TrainingJob.Outcome outcome = job.run(NOBODY);
      assertThat(outcome.step()).isEqualTo(3);
      assertThat(outcome.end()).isEqualTo(TrainingJob.End.MONITOR);
      assertThat(outcome.reason()).startsWith("the validation loss has not improved since step 1");
    }
    Path run = folder.resolve("run");
    try (TrainingJob rest = TrainingJob.resume(catalog, run, null, Overrides.of("monitors=[]"))) {
      assertThat(rest.run(NOBODY).end()).isEqualTo(TrainingJob.End.COMPLETE);
    }
  }

  @Test
  void theCommandSaysWhyAMonitorEndedATraining() throws IOException {
    Commands result =
        Commands.fine(
            Tiny.in(folder)
                .train(
                    "stopped",
                    "--set=training.validateEvery=1",
                    "--set=monitors=[{name: early-stopping, improvement: 9, patience: 1}]"));
    assertThat(result.err())
        .contains("Stopped early, as the validation loss has not improved since step 1")
        .contains("after step 2; everything is saved. Resume with:");
    assertThat(Commands.refusal(Tiny.in(folder).train("odd", "--set=monitors=[earli-stopping]")))
        .contains("unknown monitor 'earli-stopping': did you mean 'early-stopping'?");
  }

  @Test
  void leavesNothingOpenOrWrittenWhenItCannotBegin() throws IOException {
    TrainingRequest odd = request("run").withOverrides(Overrides.of("optimizer=backtracking"));
    assertThatThrownBy(() -> TrainingJob.begin(catalog, odd)).isInstanceOf(UserException.class);
    assertThat(folder.resolve("run")).doesNotExist();

    TrainingJob.begin(catalog, request("run")).close();
    Path run = folder.resolve("run");
    for (int i = 0; i < 2; i++) {
      // The lock of the first attempt is free again.
      assertThatThrownBy(
              () -> TrainingJob.resume(catalog, run, "best", Overrides.of("seed=2", "x=1")))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("--set x=1: unknown key 'x'");
    }
    TrainingJob.resume(catalog, run, null, Overrides.none()).close();
  }

  @Test
  void valuesSetByHandWinOverOptionsAndThoseOverTheFile() throws IOException {
    Overrides options = Overrides.of("training.batch=3", "schedule.warmUp=5");
    ResolvedConfiguration resolved =
        request("run")
            .withQuick(true)
            .withOptions(options)
            .withData(DataOverride.at(folder.resolve("text.txt")))
            .withOverrides(Overrides.of("schedule.warmUp=7"))
            .resolve(catalog);

    assertThat(resolved.configuration().schedule().settings().get("warmUp").asInt()).isEqualTo(7);
    assertThat(resolved.configuration().training().batch()).isEqualTo(3);
    assertThat(resolved.configuration().training().steps()).isEqualTo(60);
    assertThat(resolved.origin("training.steps")).isEqualTo(Origin.option("--quick"));
    assertThat(resolved.origin("schedule.warmUp")).isEqualTo(Origin.set("schedule.warmUp=7"));
    assertThat(resolved.origin("data.name").kind()).isEqualTo(Origin.Kind.OPTION);
    assertThat(Files.exists(folder.resolve("run"))).isFalse();
  }

  @Test
  void contradictionsAreProgrammingErrors() {
    TrainingRequest like = TrainingRequest.like(folder, "transformer");
    assertThatThrownBy(() -> like.withWeightsOf(folder))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
