package dev.ebt.bench.command;

import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.run.TrainedModel;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
   * The fields of the configuration that it sets, {@code path=value} each.
   *
   * @param asConfigured whether the run's own configuration is gone on with, so that the training
   *     in it is to become a short one that does not forget: at a tenth of the learning rate
   * @param steps of that training
   */
  List<String> overrides(Catalog catalog, boolean asConfigured, String steps) {
    List<String> all = new ArrayList<>();
    if (run == null) {
      return all;
    }
    all.add("from=" + DataOption.quoted(run));
    if (asConfigured) {
      double rate =
          Configurations.load(catalog, null, configuration(), List.of()).training().learningRate();
      all.addAll(
          List.of(
              "training.steps=" + steps,
              "training.decaySteps=" + steps,
              "training.learningRate=" + BigDecimal.valueOf(rate).scaleByPowerOfTen(-1),
              "training.warmUp=20",
              "training.validateEvery=50",
              "training.checkpointEvery=50"));
    }
    return all;
  }
}
