package dev.ebt.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentJob;
import dev.ebt.experiment.ExperimentReport;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.ExperimentRun;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.FurtherRuns;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.Scale;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.sweep.RunResult;
import dev.ebt.sweep.SettingResult;
import dev.ebt.sweep.SweepListener;
import dev.ebt.sweep.SweepPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that depend on the results of others; nothing is trained. */
class FurtherRunsTest {
  private static final Catalog CATALOG = Plugins.discover(List.of());
  private static final String RATE = "training.learningRate";

  @TempDir Path folder;

  /** Trains longer with the better of two rates. */
  private record LongerWithTheBetter() implements Experiment, FurtherRuns {
    @Override
    public String name() {
      return "longer";
    }

    @Override
    public String summary() {
      return "whether longer is better";
    }

    @Override
    public ExperimentDesign design() {
      return new ExperimentDesign("Is it?", "Two rates.", "None.", "It holds.");
    }

    @Override
    public List<ExperimentRun> runs(Scale scale) {
      return List.of(run(RATE, "0.1", "training.steps=2"), run(RATE, "0.2", "training.steps=2"));
    }

    private static ExperimentRun run(String name, String value, String... settings) {
      List<String> all = new ArrayList<>(List.of(settings));
      all.add(name + "=" + value);
      return ExperimentRun.of(name, value, 1, "brackets", all);
    }

    @Override
    public Optional<FurtherRuns> further(Scale scale) {
      return Optional.of(this);
    }

    @Override
    public String description() {
      return "A run of 3 updates with the better rate.";
    }

    @Override
    public List<ExperimentRun> of(ExperimentResults first) {
      return first
          .compared()
          .best()
          .map(SettingResult::setting)
          .map(best -> run("training.steps", "3", RATE + "=" + best.get(RATE)))
          .stream()
          .toList();
    }

    @Override
    public Finding judge(ExperimentResults results) {
      return results
          .further()
          .map(further -> new Finding(Outcome.HOLDS, further.runs().toString(), List.of()))
          .orElseGet(() -> Finding.cannotTell("Nothing."));
    }
  }

  private ExperimentReport run(WrittenRuns workers) {
    try (ExperimentJob job =
        ExperimentJob.open(
            CATALOG, new LongerWithTheBetter(), Scale.FULL, folder.resolve("x"), workers, 1)) {
      return job.judge(job.train((plan, done) -> new SweepListener() {}));
    }
  }

  private static double lowerWithTheHigherRate(Map<String, String> values) {
    return values.getOrDefault("learningRate", "").equals("0.2") ? 1 : 2;
  }

  @Test
  void theyBeginWithWhatTheFirstOnesDecidedAndAreOnThePage() {
    WrittenRuns workers = new WrittenRuns(FurtherRunsTest::lowerWithTheHigherRate);

    ExperimentReport report = run(workers);

    assertThat(workers.begun)
        .containsExactly("learningRate=0.1,seed=1", "learningRate=0.2,seed=1", "steps=3,seed=1");
    assertThat(folder.resolve("x/further/configurations/steps=3,seed=1.yaml"))
        .content()
        .contains("learningRate: 0.2\n");
    assertThat(folder.resolve("x/design.txt"))
        .hasContent(
            "Is it?\nTwo rates.\nNone.\nIt holds.\nA run of 3 updates with the better rate.");
    assertThat(report.results().runs()).hasSize(2);
    assertThat(report.further().orElseThrow().runs()).hasSize(1);
    assertThat(
            new String(ExperimentPage.files(report, "").get("longer.md"), StandardCharsets.UTF_8))
        .containsSubsequence(
            "The runs whose results decided",
            "training.learningRate | run |",
            "The further runs:",
            "| training.steps | run |",
            "3 trainings took");
  }

  @Test
  void theyAreContinuedAndNoFinishedOneIsRepeated() throws IOException {
    run(new WrittenRuns(FurtherRunsTest::lowerWithTheHigherRate));
    Path run = folder.resolve("x/further/runs/steps=3,seed=1");
    WrittenRuns again = new WrittenRuns(values -> 1);
    try (var rest = Files.walk(run)) {
      rest.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
    }

    run(again);

    assertThat(again.begun).containsExactly("steps=3,seed=1");
  }

  @Test
  void theyBeginAfterAKillWhileTheirPlanWasWritten() throws IOException {
    run(new WrittenRuns(values -> -1)); // No first run can be trained, so that no plan is written.
    Path further = Files.createDirectories(folder.resolve("x/further"));
    Files.writeString(further.resolve(".tmp-plan.json-1"), "{");
    Files.createDirectories(further.resolve("configurations"));

    assertThat(run(new WrittenRuns(FurtherRunsTest::lowerWithTheHigherRate)).further()).isPresent();
  }

  @Test
  void aRunThatDivergedIsAResultButOneThatCouldNotBeTrainedDelaysTheDecision() {
    WrittenRuns full = new WrittenRuns(values -> "0.1".equals(values.get("learningRate")) ? -1 : 1);
    ExperimentReport without = run(full);

    assertThat(without.further()).isEmpty();
    assertThat(without.finding().outcome()).isEqualTo(Outcome.CANNOT_TELL);
    assertThat(full.begun).doesNotContain("steps=3,seed=1");

    WrittenRuns diverging =
        new WrittenRuns(values -> "0.1".equals(values.get("learningRate")) ? Double.NaN : 1);
    assertThat(run(diverging).further()).isPresent();
    assertThat(diverging.begun).containsExactly("learningRate=0.1,seed=1", "steps=3,seed=1");
  }

  @Test
  void noneBeginAfterAStop() {
    WrittenRuns workers = new WrittenRuns(FurtherRunsTest::lowerWithTheHigherRate);
    List<SweepPlan> begun = new ArrayList<>();
    try (ExperimentJob job =
        ExperimentJob.open(
            CATALOG, new LongerWithTheBetter(), Scale.FULL, folder.resolve("x"), workers, 1)) {
      ExperimentResults stopped =
          job.train(
              (plan, done) -> {
                begun.add(plan);
                return new SweepListener() {
                  @Override
                  public void ended(RunResult result) {
                    if (result.run().startsWith("learningRate=0.2")) {
                      job.stop();
                    }
                  }
                };
              });

      assertThat(stopped.further()).isEmpty();
      assertThat(begun).hasSize(1);
    }
  }
}
