package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.config.Overrides;
import dev.ebt.core.CorePlugin;
import dev.ebt.error.UserException;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.plugin.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationJobTest {
  private static final Catalog CATALOG = Catalog.of(new CorePlugin(), new PointPlugin());

  @TempDir Path folder;

  private Path run(String name, String... settings) throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".yaml"), PointPlugin.CONFIGURATION);
    TrainingRequest request =
        TrainingRequest.ofFile(file)
            .withOverrides(Overrides.of(settings))
            .withOut(folder.resolve(name));
    try (TrainingJob job = TrainingJob.begin(CATALOG, request)) {
      job.run(new TrainingListener() {});
      return job.training().path();
    }
  }

  private static List<EvaluationJob.Result> evaluate(EvaluationRequest request) {
    try (EvaluationJob job = EvaluationJob.begin(CATALOG, request)) {
      return job.run();
    }
  }

  private static Variation stepSize(double value) {
    return new Variation(
        "step-size", value, "points", "points", Overrides.of("thinking.stepSize=" + value));
  }

  @Test
  void resultsAreNumbersWithNamesAndUnitsForEachBudget() throws IOException {
    Path run = run("one", "metrics=[psnr]", "training.steps=1");
    EvaluationJob.Result result =
        evaluate(EvaluationRequest.of(run).withSteps(0, 2).withLimit(1)).get(0);
    assertThat(result.step()).isEqualTo(1);
    ModelEvaluation found = result.evaluation();
    assertThat(found.rows()).isEqualTo(1);
    assertThat(found.available()).isEqualTo(2);
    assertThat(found.predictions()).isEqualTo(1);
    assertThat(found.results()).extracting(BudgetResult::steps).containsExactly(0, 2);
    BudgetResult last = found.results().get(1);
    assertThat(last.evaluations()).isEqualTo(2);
    assertThat(last.metrics()).extracting(MetricValue::name).startsWith("loss", "energy");
    assertThat(last.metrics())
        .filteredOn(metric -> metric.name().equals("psnr"))
        .extracting(MetricValue::unit)
        .containsExactly("dB");
    assertThat(last.loss()).isEqualTo(last.metrics().get(0).value());
    assertThat(last.value("none")).isEmpty();
    assertThat(found.gain().orElseThrow().last()).isEqualTo(last);
  }

  @Test
  void runsAreComparedOneAfterTheOther() throws IOException {
    Path first = run("first");
    Path second = run("second", "training.batch=1");
    EvaluationRequest request = EvaluationRequest.of(first, second, first).withSteps(1);
    List<String> events = new ArrayList<>();
    try (EvaluationJob job = EvaluationJob.begin(CATALOG, request)) {
      assertThat(job.differences().settings())
          .filteredOn(setting -> setting.path().equals("training.batch"))
          .singleElement()
          .satisfies(setting -> assertThat(setting.values().get(second)).isEqualTo("1"));
      assertThat(job.differences().unfairness())
          .containsExactly(RunDifferences.Unfairness.ROWS_PER_UPDATE);
      job.run(
          new EvaluationListener() {
            @Override
            public void begun(EvaluatedModel model, String data, int rows, int available) {
              events.add("begun " + model.run().getFileName() + " " + rows);
            }

            @Override
            public void finished(EvaluationJob.Result result) {
              events.add("finished " + result.model().run().getFileName());
            }
          });
    }
    assertThat(events)
        .containsExactly("begun first 2", "finished first", "begun second 2", "finished second");
  }

  @Test
  void aVariedSettingChangesTheResults() throws IOException {
    Path run = run("varied");
    List<EvaluationJob.Result> results =
        evaluate(
            EvaluationRequest.of(run)
                .withSteps(1)
                .withVariations(List.of(stepSize(0.1), stepSize(0.2))));
    assertThat(results).extracting(result -> result.model().run()).containsExactly(run, run);
    assertThat(results)
        .extracting(result -> result.evaluation().results().get(0).loss())
        .doesNotHaveDuplicates();
    Variation others = new Variation("noise", 1, "images", "images", Overrides.none());
    EvaluationRequest unsuitable = EvaluationRequest.of(run).withVariations(List.of(others));
    assertThatThrownBy(() -> evaluate(unsuitable))
        .isInstanceOf(UserException.class)
        .hasMessage("--noise is for images; " + run + " has modality 'points'");
  }

  @Test
  void aClosedJobDoesNotOpenItsModelAgain() throws IOException {
    EvaluationJob job = EvaluationJob.begin(CATALOG, EvaluationRequest.of(run("closed")));
    job.close();
    assertThatThrownBy(job::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this evaluation is closed");
  }

  @Test
  void mistakesAreFoundBeforeAnythingIsComputed() throws IOException {
    Path run = run("checked");
    EvaluationRequest request = EvaluationRequest.of(run, folder.resolve("none"));
    assertThatThrownBy(() -> EvaluationJob.begin(CATALOG, request))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none");
    EvaluationRequest plain = EvaluationRequest.of(run);
    assertThatThrownBy(() -> plain.withSteps(2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("steps are [2, 1]; increasing numbers from 0 expected");
    assertThatThrownBy(() -> plain.withCandidates(0)).hasMessageContaining("numbers from 1");
    assertThatThrownBy(() -> plain.withLimit(0)).hasMessageContaining("at least one row");
  }
}
