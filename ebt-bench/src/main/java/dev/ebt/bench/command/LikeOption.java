package dev.ebt.bench.command;

import dev.ebt.error.UserException;
import dev.ebt.run.TrainingRequest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for a run that another one is to match, with another model. */
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

  /** Returns whether a run is named. */
  boolean given() {
    return run != null;
  }

  /**
   * Returns the request for a training that matches the run.
   *
   * @param otherwise the request where no run is named
   * @throws UserException if a model is named without a run
   */
  TrainingRequest request(TrainingRequest otherwise) {
    if (run != null) {
      return TrainingRequest.like(run, model);
    }
    if (model != null) {
      throw new UserException(
          "--model names the model of a run that is --like another; there is no --like. Else:"
              + " --set model.name="
              + model);
    }
    return otherwise;
  }
}
