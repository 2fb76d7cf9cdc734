package dev.ebt.experiment;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.run.ModelFolder;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.OperationCount;
import java.nio.file.Path;

/**
 * The size of a model and the work of its whole training, by its configuration: the same on every
 * machine.
 *
 * @param parameters the number of trainable scalars
 * @param operations floating-point operations of all updates, as {@link OperationCount} counts
 *     them; without validation
 */
public record TrainingWork(long parameters, double operations) {
  /**
   * Returns those of a run.
   *
   * @throws UserException if the operations of its updates are not known beforehand: regularizers
   *     draw the number of steps, or its objective trains step by step
   */
  static TrainingWork of(Catalog catalog, Path run) {
    RunConfiguration configuration =
        Configurations.load(catalog, null, ModelFolder.configuration(run), Overrides.none());
    try (Components components = Components.of(catalog, configuration, run)) {
      RunParts parts = components.get(RunParts.class);
      OperationCount ofBatch =
          parts
              .trainingTrace()
              .operations()
              .filter(count -> parts.regularizers().isEmpty())
              .orElseThrow(
                  () ->
                      new UserException(
                          run
                              + ": the operations of an update are not known beforehand, because"
                              + " its steps vary or are computed one by one"));
      long batches =
          (long) configuration.training().steps() * configuration.training().accumulate();
      return new TrainingWork(parts.parameterCount(), (double) ofBatch.total() * batches);
    }
  }
}
