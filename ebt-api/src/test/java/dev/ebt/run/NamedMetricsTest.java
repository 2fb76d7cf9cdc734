package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.config.Overrides;
import dev.ebt.core.CorePlugin;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.modality.Metric;
import dev.ebt.modality.MetricSet;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.predict.Predictor;
import dev.ebt.store.RunDirectory;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.PointModality;
import dev.ebt.think.PredictionEvaluator;
import dev.ebt.train.TrainingStepper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

class NamedMetricsTest {
  @TempDir Path folder;

  /** The first coordinate, what it comes to, and how many candidates there are. */
  private record FirstCoordinate() implements Metric {
    @Override
    public Map<String, Tensor> values(Inputs inputs) {
      return Map.of("first", inputs.candidate().slice(-1, 0, 1).sum(-1));
    }

    @Override
    public Map<String, Double> summary(Map<String, Double> means) {
      return Map.of("firstSquared", Math.pow(means.get("first"), 2), "loss", -1.0);
    }

    @Override
    public Optional<DistributionMetric> distributionMetric(Dataset dataset) {
      return Optional.of(
          new DistributionMetric() {
            private int count;

            @Override
            public void add(Batch batch, Array candidates, int rows) {
              count += rows;
            }

            @Override
            public Map<String, Double> metrics() {
              return Map.of("seen", (double) count);
            }
          });
    }
  }

  private static Components components(String metrics) {
    Catalog catalog =
        Catalog.of(new CorePlugin(), new PointPlugin().with("first", new FirstCoordinate()));
    return Components.of(
        catalog,
        Configurations.parse(
            catalog, "test", PointPlugin.CONFIGURATION, Overrides.of("metrics=" + metrics)));
  }

  private static List<EvaluationResult> evaluate(RunParts parts) {
    TrainingStepper.initialize(parts.backend(), parts.parameters(), 1);
    try (Predictor predictor = parts.predictor(2)) {
      return new PredictionEvaluator(predictor, parts.modality(), 2)
          .evaluate(
              parts.dataset().validation(),
              2,
              ComputeBudgets.of(List.of(0)),
              1,
              () -> parts.metrics().distributionMetric(parts.dataset()));
    }
  }

  @Test
  void areEvaluatedBesideThoseOfTheModality() {
    try (Components components = components("[mse, {name: psnr, low: -3, high: 5}, first]")) {
      RunParts parts = components.get(RunParts.class);
      EvaluationResult result = evaluate(parts).get(0);

      assertThat(result.means()).containsKeys("loss", "mse", "psnr", "first", "energy");
      assertThat(result.means().get("mse")).isCloseTo(result.loss() / 2, within(1e-6));
      Map<String, Double> summary = parts.metrics().summary(result.means());
      assertThat(summary.get("firstSquared")).isEqualTo(Math.pow(result.means().get("first"), 2));
      assertThat(summary.get("loss")).isEqualTo(result.loss());
      assertThat(result.together()).isEqualTo(Map.of("seen", 2.0));
    }
  }

  @Test
  void areWrittenAtEveryValidation() throws IOException {
    Path run = folder.resolve("run");
    try (Components components = components("[mae, first]")) {
      RunParts parts = components.get(RunParts.class);
      try (RunDirectory directory =
              RunDirectory.create(run, Configurations.write(parts.configuration()), Map.of());
          TrainingRun training = TrainingRun.begin(parts, directory)) {
        training.train(() -> false, new TrainingListener() {});
      }
    }
    assertThat(Files.readString(run.resolve("config.yaml")))
        .contains("metrics:\n- name: mae\n- name: first\n");
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl")))
        .filteredOn(line -> line.contains("validation.loss"))
        .hasSize(2)
        .allMatch(line -> line.contains("\"validation.mae\":"))
        .allMatch(line -> line.contains("\"validation.first\":"))
        .allMatch(line -> line.contains("\"validation.firstSquared\":"));
  }

  @Test
  void areRefusedWhereTheyDoNotFit() {
    assertRefused("[accuracy]", "metric 'accuracy' is for targets that are the number of a class");
    assertRefused("[mse, mse]", "metrics: 'mse' is reported already");
    assertRefused("[{name: psnr, low: 1}]", "high is 1.0; a number above low, 1.0, expected");
    assertRefused("[ms]", "unknown metric 'ms': did you mean 'mse'?");
  }

  /** A metric of a test with one value. */
  private record Constant(String name) implements Metric {
    @Override
    public Map<String, Tensor> values(Inputs inputs) {
      return Map.of(name, inputs.candidate().sum(-1));
    }
  }

  @Test
  void namesOfWhatReportsHaveAnywayAreReserved() {
    for (String name : List.of("loss", "moved", "gain", "rankCorrelation", "wrongLower")) {
      PointModality points = new PointModality(Shape.scalar(), 2);
      assertThatThrownBy(() -> new MetricSet(points, List.of(new Constant(name))).check())
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("metrics: the name '" + name + "' is reserved");
    }
  }

  @Test
  void progressMetricsThatTheModalityDoesNotComputeAreRefused() {
    PointModality points = Mockito.spy(new PointModality(Shape.scalar(), 2));
    Mockito.when(points.progressMetrics()).thenReturn(Map.of("accuracy", 3));
    assertThatThrownBy(() -> MetricSet.of(points).check())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("progressMetrics() has 'accuracy'");
  }

  private static void assertRefused(String metrics, String message) {
    assertThatThrownBy(
            () -> {
              try (Components components = components(metrics)) {
                components.get(RunParts.class).metrics().check();
              }
            })
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }
}
