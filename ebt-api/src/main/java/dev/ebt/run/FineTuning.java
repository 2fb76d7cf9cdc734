package dev.ebt.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import java.math.BigDecimal;
import java.nio.file.Path;

/** The training of a model that begins with the weights of another run. */
final class FineTuning {
  private static final int STEPS = 300;

  private FineTuning() {}

  /**
   * Returns the override that takes the weights of a run. A bundled model is taken by its name, as
   * the folder that it is unpacked into is only a cache.
   */
  static Overrides weights(Path run) {
    Origin origin = origin(run);
    return Overrides.of(
        BundledModelFolders.nameOf(run)
            .map(name -> Assignment.of("from", name, origin))
            .orElseGet(() -> DataOverride.absolute("from", run, origin)));
  }

  /**
   * Returns the overrides that make a short training of the run's own configuration, at a tenth of
   * its learning rate, so that the model does not forget.
   *
   * @param own the values set by hand, whose number of steps the learning rate falls over
   * @param quick whether the training is a quick one
   */
  static Overrides gentle(Catalog catalog, Path run, Overrides own, boolean quick) {
    Origin origin = origin(run);
    JsonNode steps =
        own.at("training.steps")
            .map(Assignment::value)
            .orElseGet(() -> IntNode.valueOf(quick ? QuickTraining.STEPS : STEPS));
    double rate =
        Configurations.load(catalog, null, ModelFolder.configuration(run), Overrides.none())
            .training()
            .learningRate();
    return Overrides.of(
        new Assignment("training.steps", steps, origin),
        new Assignment("schedule.decaySteps", steps, origin),
        Assignment.of(
            "training.learningRate", BigDecimal.valueOf(rate).scaleByPowerOfTen(-1), origin),
        Assignment.of("schedule.warmUp", 20, origin),
        Assignment.of("training.validateEvery", 50, origin),
        Assignment.of("training.checkpointEvery", 50, origin));
  }

  private static Origin origin(Path run) {
    return Origin.option("--from " + BundledModelFolders.given(run));
  }
}
