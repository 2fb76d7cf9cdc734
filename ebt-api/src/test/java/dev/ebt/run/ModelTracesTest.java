package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.config.Overrides;
import dev.ebt.core.CorePlugin;
import dev.ebt.energy.EnergyModel;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.plugin.Catalog;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.think.Thinker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tracing a large model takes seconds, so it is traced once for each graph that is compiled. */
class ModelTracesTest {
  @TempDir Path folder;

  /** A model that records the rows of every context that it is traced with. */
  private static final class Recording implements EnergyModel {
    private final QuadraticEnergy energy = new QuadraticEnergy(2, 1);
    private final boolean landscapesDiffer;
    private final List<Integer> observed = new ArrayList<>();
    private final List<Integer> energies = new ArrayList<>();

    Recording(boolean landscapesDiffer) {
      this.landscapesDiffer = landscapesDiffer;
    }

    @Override
    public NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters) {
      observed.add(context.shape().size(0));
      Tensor table = parameters.weight("shift", Shape.of(8), Initializer.constant(0.1));
      return energy.observe(
          landscapesDiffer
              ? context.plus(Functions.gather(table, landscape).broadcastTo(context.shape()))
              : context,
          landscape,
          parameters);
    }

    @Override
    public Tensor energy(
        NamedTensors seen, Tensor candidate, Tensor landscape, Parameters parameters) {
      energies.add(candidate.shape().size(0));
      return energy.energy(seen, candidate, landscape, parameters);
    }

    @Override
    public int width() {
      return 2;
    }

    @Override
    public String description() {
      return "recording";
    }
  }

  private static Catalog catalog(Recording model) {
    return Catalog.of(new CorePlugin(), new PointPlugin().with("recording", model));
  }

  /** Trains, and returns the model after the first update. */
  private Recording updated(Recording model, String... overrides) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("points.yaml"),
            PointPlugin.CONFIGURATION.replace("model: quadratic", "model: recording"));
    TrainingRequest request =
        TrainingRequest.ofFile(file)
            .withOverrides(Overrides.of(overrides).and(Overrides.of("training.batch=4")))
            .withOut(folder.resolve("run"));
    try (TrainingJob job = TrainingJob.begin(catalog(model), request)) {
      job.run(
          new TrainingListener() {
            @Override
            public void stepped(long step, StepMetrics metrics) {
              job.stop();
            }
          });
      assertThat(job.training().path()).isDirectory();
    }
    return model;
  }

  /** 4 rows of training and 2 of validation, by thinking. */
  @ParameterizedTest
  @ValueSource(strings = {"training.accumulate=1", "training.accumulate=2", "objective.steps=8"})
  void aContextIsTracedOnceForTheUpdateAndOnceForThinking(String override) throws IOException {
    assertThat(updated(new Recording(false), override).observed).containsExactly(4, 2);
  }

  @Test
  void eachStepOfAnUpdateIsTracedOnce() throws IOException {
    assertThat(updated(new Recording(false), "objective.steps=3").energies.subList(0, 4))
        .containsExactly(4, 4, 4, 2);
  }

  @Test
  void anUpdateOfAllStepsObservesInEachLandscape() throws IOException {
    assertThat(updated(new Recording(true), "thinking.landscapes=3", "objective.steps=3").observed)
        .containsExactly(4, 4, 4, 2);
  }

  @Test
  void stepsTrainedOneByOneShareTheTraceOfAllLandscapes() throws IOException {
    Recording model = updated(new Recording(true), "thinking.landscapes=8", "objective.steps=8");
    assertThat(model.observed).containsExactly(4, 2);
    assertThat(model.energies.subList(0, 3)).as("first and later steps").containsExactly(4, 4, 2);
  }

  @Test
  void anOpenedModelIsTracedForItsParametersAndForThinking() throws IOException {
    updated(new Recording(false));
    Recording model = new Recording(false);
    try (TrainedModel opened =
            TrainedModel.open(catalog(model), folder.resolve("run"), "latest", Overrides.none());
        Thinker one = opened.thinker(3);
        Thinker other = opened.thinker(3)) {
      one.observe(Map.of(PointModality.CENTRE, Array.filled(Shape.of(3, 2), 0)));
      other.observe(Map.of(PointModality.CENTRE, Array.filled(Shape.of(3, 2), 0)));
      one.begin(1);
      one.step();
    }
    assertThat(model.observed).containsExactly(4, 3);
  }
}
