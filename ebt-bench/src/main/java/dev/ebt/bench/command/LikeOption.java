package dev.ebt.bench.command;

import dev.ebt.error.UserException;
import dev.ebt.run.TrainingRequest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for a training that matches another run except for the model. */
final class LikeOption {
  @Option(
      names = "--like",
      paramLabel = "RUN",
      converter = RunConverter.class,
      description = "Train as this run: same data, seed, sizes, batch, updates, learning rate.")
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
      throw new UserException("--model needs --like; without it use --set model.name=" + model);
    }
    return otherwise;
  }
}
