package dev.ebt.bench.command;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.run.MatchedTraining;
import dev.ebt.run.TrainedModel;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A run that another one is trained like, with another model. */
final class LikeOption {
  @Option(
      names = "--like",
      paramLabel = "RUN",
      description = "Train as a run was: same data, seed, sizes, batch, updates, rate.")
  private @Nullable Path run;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "With --like: another model, such as the baseline transformer or dit.")
  private @Nullable String model;

  /** Whether there is one. */
  boolean given() {
    return run != null;
  }

  /** Its folder, whose files the new run finds; null if there is none. */
  @Nullable Path run() {
    return run;
  }

  /** The file that it is configured by, if there is one. */
  @Nullable Path configuration() {
    return run == null ? null : TrainedModel.configuration(run);
  }

  /**
   * Returns the overrides of its configuration for another model.
   *
   * @param own the values set by hand
   * @throws UserException if the options make no sense, or the run cannot be matched
   */
  Overrides overrides(Catalog catalog, Overrides own) {
    if (run == null) {
      if (model != null) {
        throw new UserException(
            "--model names the model of a run that is --like another; there is no --like. Else:"
                + " --set model.name="
                + model);
      }
      return Overrides.none();
    }
    String weights = Configurations.load(catalog, null, configuration(), Overrides.none()).from();
    if (weights != null && own.at("from").isEmpty()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s began with the weights of %s, which another model cannot: train one --like that run first, and begin with its weights: --set from=RUN, or with none: --set from=null",
              run,
              weights));
    }
    return model == null ? Overrides.none() : MatchedTraining.overrides(catalog, run, model);
  }

  /** The folder of the new run unless another is named: beside the first one. */
  Path directory() {
    if (run == null) {
      throw new IllegalStateException("no run to be like");
    }
    String name = ShellWord.fileName(run) + "-" + (model == null ? "like" : model);
    return run.resolveSibling(name);
  }
}
