package dev.ebt.bench.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.run.TrainedModel;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A run whose weights another one begins with. */
final class FromOption {
  @Option(
      names = "--from",
      paramLabel = "RUN",
      description = "Begin with the weights of a run and as it is configured, gently.")
  private @Nullable Path run;

  /** Whether there is one. */
  boolean given() {
    return run != null;
  }

  /** The file that the run is configured by, if there is one. */
  @Nullable Path configuration() {
    return run == null ? null : TrainedModel.configuration(run);
  }

  /**
   * Returns the overrides that it stands for.
   *
   * @param asConfigured whether the run's own configuration is gone on with, so that the training
   *     in it is to become a short one that does not forget: at a tenth of the learning rate
   * @param steps of that training
   */
  Overrides overrides(Catalog catalog, boolean asConfigured, JsonNode steps) {
    if (run == null) {
      return Overrides.none();
    }
    Origin origin = Origin.option("--from " + run);
    Overrides weights = Overrides.of(DataOption.absolute("from", run, origin));
    if (!asConfigured) {
      return weights;
    }
    double rate =
        Configurations.load(catalog, null, configuration(), Overrides.none())
            .training()
            .learningRate();
    return weights.and(
        new Assignment("training.steps", steps, origin),
        new Assignment("schedule.decaySteps", steps, origin),
        Assignment.of(
            "training.learningRate", BigDecimal.valueOf(rate).scaleByPowerOfTen(-1), origin),
        Assignment.of("schedule.warmUp", 20, origin),
        Assignment.of("training.validateEvery", 50, origin),
        Assignment.of("training.checkpointEvery", 50, origin));
  }
}
