package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ebt.config.Overrides;
import dev.ebt.core.CorePlugin;
import dev.ebt.error.UserException;
import dev.ebt.monitor.MonitorAction;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.monitor.TrainingWarning;
import dev.ebt.plugin.Catalog;
import dev.ebt.regularizers.RegularizersPlugin;
import dev.ebt.run.TrainingJob;
import dev.ebt.run.TrainingRequest;
import dev.ebt.store.JsonLinesTail;
import dev.ebt.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that fail in a planted way, and what their monitors say and do. */
class EarlyWarningTest {
  private static final Catalog CATALOG =
      Catalog.of(new CorePlugin(), new RegularizersPlugin(), new PlantedFailures());

  @TempDir private Path folder;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("planted.yaml"),
        """
        backend: reference
        modality: points
        data: {name: planted, centre: 0}
        model: {name: bowl, curvature: 1}
        objective: {name: s1, steps: 2}
        thinking: {landscapes: 1, stepSize: 0.5}
        schedule: constant
        training:
          steps: 6
          batch: 4
          learningRate: 1.0e-9
          validateEvery: 1
          checkpointEvery: 2
          logEvery: 1
        """);
  }

  private TrainingJob.Outcome train(String... overrides) {
    TrainingRequest request =
        TrainingRequest.ofFile(folder.resolve("planted.yaml"))
            .withOut(run())
            .withOverrides(Overrides.of(overrides));
    try (TrainingJob job = TrainingJob.begin(CATALOG, request)) {
      return job.run(
          new TrainingListener() {
            @Override
            public void warned(long step, TrainingWarning warning, MonitorAction action) {
              said.add(warning.monitor() + " " + action.word());
            }
          });
    }
  }

  private Path run() {
    return folder.resolve("run");
  }

  private List<Object> recorded() {
    return RunDirectory.read(run()).history().warnings().stream()
        .<Object>map(line -> line.get("monitor"))
        .toList();
  }

  private List<Integer> steps() {
    return JsonLinesTail.all(run().resolve("metrics.jsonl")).stream()
        .filter(line -> line.containsKey("loss"))
        .map(line -> ((Number) line.get("step")).intValue())
        .toList();
  }

  private void warns(String monitor, String... overrides) {
    List<String> all = new ArrayList<>(Arrays.asList(overrides));
    all.add("monitors=[{name: " + monitor + ", patience: 1}]");
    train(all.toArray(String[]::new));
    assertThat(said).containsExactly(monitor + " warn");
    assertThat(recorded()).containsExactly(monitor);
  }

  @Test
  void aHealthyTrainingIsNotWarned() {
    train("training.steps=40");
    assertThat(said).isEmpty();
    assertThat(recorded()).isEmpty();
  }

  @Test
  void stepsThatOvershootRaiseTheEnergy() {
    warns("energy-descent", "model.curvature=5");
  }

  @Test
  void stepsThatOvershootAreUnstable() {
    train(
        "model.curvature=5",
        "monitors=[{name: step-stability, patience: 1}, {name: energy-descent, action: off}]");
    assertThat(said).containsExactly("step-stability warn");
  }

  /** Starts are near the targets, and the minimum is far from both. */
  @Test
  void theMinimumIsNoGoodPrediction() {
    warns("adversarial-minima", "data.centre=5");
  }

  /** Every candidate ends exactly at the same centre. */
  @Test
  void allPredictionsAreTheSame() {
    warns("candidate-collapse", "model.curvature=2");
  }

  @Test
  void theStepSizeIsAtItsBound() {
    warns(
        "step-size-bound",
        "thinking.learnStepSize=true",
        "thinking.maximumStepSize=0.5",
        "thinking.stepSizeRate=0");
  }

  /** The first step has arrived. */
  @Test
  void moreRandomStepsGainNothing() {
    warns(
        "no-gain",
        "model.curvature=2",
        "objective.steps=1",
        "regularizers=[{name: random-step-count, extra: 2}]");
  }

  @Test
  void gradientsExplode() {
    warns("gradient-norm", "data.event=steep", "data.at=30", "training.steps=40");
  }

  @Test
  void energiesDrift() {
    train("data.event=drift", "data.at=30", "training.steps=45");
    assertThat(said).contains("energy-drift warn");
  }

  /** At its minimum E = ½·4|y|² is curved by 4: a step of 1/4 arrives at once. */
  @Test
  void anAutomaticStepSizeFitsTheCurvature() throws IOException {
    train("model.curvature=4", "thinking.stepSize=auto");
    assertThat(said).isEmpty();
    assertThat(Files.readString(run().resolve("config.yaml"))).contains("stepSize: 0.25\n");
    Map<String, Object> last = JsonLinesTail.all(run().resolve("metrics.jsonl")).get(11);
    assertThat(((Number) last.get("validation.stability")).doubleValue())
        .isCloseTo(1, within(1e-6));
  }

  @Test
  void onlyATrainingThatBeginsCanMeasure() {
    train("training.steps=2");
    assertThatThrownBy(
            () ->
                TrainingJob.resume(
                    CATALOG,
                    run(),
                    null,
                    Overrides.of("thinking.stepSize=auto", "training.steps=3")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--set thinking.stepSize=auto")
        .hasMessageContaining("which train measures before a training begins; a number expected");
  }

  @Test
  void aMonitorThatIsOffSaysNothing() {
    train("model.curvature=5", "monitors=[{name: energy-descent, action: off}]");
    assertThat(said).doesNotContain("energy-descent warn");
  }

  @Test
  void aMonitorStopsTheTrainingAndItIsSaved() {
    TrainingJob.Outcome outcome =
        train("model.curvature=5", "monitors=[{name: energy-descent, action: stop, patience: 1}]");
    assertThat(outcome.end()).isEqualTo(TrainingJob.End.MONITOR);
    assertThat(outcome.reason()).startsWith("at step 2, as in 1 validations in a row, the energy");
    assertThat(run().resolve("checkpoints/step-00000002")).isDirectory();
  }

  @Test
  void anUpdateThatIsNotFiniteIsSkipped() {
    train("data.event=nan", "data.at=4", "monitors=[{name: non-finite}]");
    assertThat(said).containsExactly("non-finite skip");
    assertThat(steps()).containsExactly(1, 2, 4, 5, 6);
    assertThat(run().resolve("checkpoints/step-00000006")).isDirectory();
  }

  @Test
  void withoutAMonitorItEndsTheTraining() {
    assertThatThrownBy(() -> train("data.event=nan", "data.at=4"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the loss at step 3 is NaN")
        .hasMessageContaining("step-00000002 is intact");
  }

  /** The bad batch is not drawn a second time. */
  @Test
  void aRollBackGoesOnFromTheCheckpointWithHalfTheRate() throws IOException {
    TrainingJob.Outcome outcome =
        train("data.event=nan", "data.at=4", "monitors=[{name: non-finite, action: roll-back}]");
    assertThat(outcome.end()).isEqualTo(TrainingJob.End.COMPLETE);
    assertThat(said).containsExactly("non-finite roll-back");
    assertThat(steps()).as("each once").containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(Files.readString(run().resolve("config.yaml"))).contains("learningRate: 5.0E-10");
    List<Map<String, Object>> lines = JsonLinesTail.all(run().resolve("metrics.jsonl"));
    // The schedule warms up in 100 updates.
    assertThat(((Number) lines.get(0).get("learningRate")).doubleValue())
        .isCloseTo(1e-9 / 100, withinPercentage(0.01));
    assertThat(((Number) lines.get(lines.size() - 2).get("learningRate")).doubleValue())
        .isCloseTo(0.5e-9 * 6 / 100, withinPercentage(0.01));
  }

  @Test
  void rollBacksEndAtSomeTime() {
    assertThatThrownBy(() -> train("monitors=[{name: bad, always: true}]"))
        .isInstanceOf(UserException.class)
        .hasMessage("step 4, and the training cannot go on: it was rolled back 5 times before");
    assertThat(said).hasSize(6);
    assertThat(run().resolve("checkpoints/step-00000002")).isDirectory();
  }

  @Test
  void withoutACheckpointThereIsNothingToRollBackTo() {
    assertThatThrownBy(
            () -> train("monitors=[{name: bad, always: true}]", "training.checkpointEvery=9"))
        .hasMessageContaining("there is no checkpoint to roll back to");
  }

  @Test
  void aMonitorThatFailsIsLeftOut() {
    TrainingJob.Outcome outcome =
        train("monitors=[{name: bad, at: 3}, {name: energy-descent, patience: 1}]");
    assertThat(outcome.step()).isEqualTo(6);
    assertThat(said).containsExactly("BadMonitor warn");
    assertThat(RunDirectory.read(run()).history().warnings().get(0).get("found"))
        .isEqualTo(
            "this monitor failed after step 3 (java.lang.IllegalStateException: out of ideas)");
  }

  @Test
  void theCommandAndTheReportShowWarnings() throws IOException {
    Tiny tiny = Tiny.in(folder);
    Commands trained =
        Commands.fine(
            tiny.train(
                "tiny",
                "--set",
                "thinking.maximumStepSize=1",
                "--set",
                "thinking.stepSizeRate=0",
                "--set",
                "training.validateEvery=1",
                "--set",
                "monitors=[{name: step-size-bound, patience: 1}]"));
    assertThat(trained.err() + trained.out())
        .contains("warning   step-size-bound: at step 1, as in 1 validations in a row, the step")
        .contains("The bound, and not the loss, decides the step size. At the upper one try");
    Path page = folder.resolve("page.html");
    Commands.fine("report", tiny.path("tiny"), "--section", "training", "--out", page.toString());
    assertThat(Files.readString(page)).contains("the step size is 1.000, at a bound of its range");
  }
}
