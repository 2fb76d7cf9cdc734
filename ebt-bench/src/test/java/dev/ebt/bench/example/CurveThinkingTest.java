package dev.ebt.bench.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.bench.Commands;
import dev.ebt.config.Overrides;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.think.Thinker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a trained curve thinks, on either backend: a model may learn to lower its loss and still be
 * degenerate, so this looks at where thinking ends and at how deep it sinks.
 */
class CurveThinkingTest {
  private static final int ROWS = 256;
  private static final int SEEDS = 8;
  private static final int STEPS = 8;

  @TempDir static Path folder;
  private static Path jar;

  @BeforeAll
  static void pack() {
    jar = ExamplePlugin.jar("curve", folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tensorflow", "reference"})
  void thinkingEndsOnEitherBranch(String backend) {
    Path run = folder.resolve(backend);
    Commands.fine(
        "train",
        "--plugins",
        jar.toString(),
        "--recipe",
        "curve",
        "--backend",
        backend,
        "--out",
        run.toString());
    Catalog catalog = Plugins.discover(List.of(jar));
    try (TrainedModel model = TrainedModel.open(catalog, run, "latest", Overrides.none())) {
      lossAndEnergyFallWithSteps(model);
      candidatesEndNearABranch(model);
    }
  }

  private static void lossAndEnergyFallWithSteps(TrainedModel model) {
    Examples examples = model.parts().dataset().validation();
    List<EvaluationResult> results =
        model.evaluate(examples, ROWS, Integer.MAX_VALUE, List.of(0, 1, 2, 3, 4, 50));

    for (int i = 1; i < 5; i++) {
      assertThat(results.get(i).loss()).isLessThan(results.get(i - 1).loss());
      assertThat(results.get(i).energy()).isLessThan(results.get(i - 1).energy());
    }
    EvaluationResult start = results.get(0);
    EvaluationResult end = results.get(4);
    EvaluationResult muchLater = results.get(5);
    assertThat(start.means().get("distance")).isGreaterThan(0.7);
    assertThat(end.means().get("distance")).isLessThan(0.1);
    assertThat(muchLater.means().get("distance")).as("it stays there").isLessThan(0.1);
    assertThat(start.energy() - muchLater.energy()).as("energy gap").isBetween(0.1, 2.0);
  }

  private static void candidatesEndNearABranch(TrainedModel model) {
    Batch batch = model.parts().dataset().validation().batch(IntStream.range(0, ROWS).toArray());
    double[] x = batch.context().get("x").doubles();
    int[] up = new int[ROWS];
    int near = 0;
    double deepest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    try (Thinker thinker = model.thinker(ROWS)) {
      assertThat(thinker.candidatesDiffer()).isTrue();
      thinker.observe(batch.context());
      for (int seed = 0; seed < SEEDS; seed++) {
        thinker.begin(seed);
        for (int step = 0; step < STEPS; step++) {
          thinker.step();
        }
        Array y = thinker.candidate();
        for (int row = 0; row < ROWS; row++) {
          near += Math.abs(Math.abs(y.real(row)) - Math.sqrt(x[row])) < 0.15 ? 1 : 0;
          up[row] += y.real(row) > 0 ? 1 : 0;
        }
        double[] energies = thinker.energy().doubles();
        deepest = Math.min(deepest, Arrays.stream(energies).min().orElseThrow());
        highest = Math.max(highest, Arrays.stream(energies).max().orElseThrow());
      }
    }
    assertThat(near / (double) (ROWS * SEEDS)).as("near a branch").isGreaterThan(0.99);
    assertThat(Arrays.stream(up).sum() / (double) (ROWS * SEEDS))
        .as("on the upper branch")
        .isBetween(0.35, 0.65);
    assertThat(Arrays.stream(up).filter(n -> n > 0 && n < SEEDS).count() / (double) ROWS)
        .as("rows for which both are found")
        .isGreaterThan(0.95);
    assertThat(highest - deepest).as("energies where thinking ends").isLessThan(2);
  }
}
