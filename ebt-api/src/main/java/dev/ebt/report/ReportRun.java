package dev.ebt.report;

import dev.ebt.error.UserException;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.run.ExpectationCheck;
import dev.ebt.run.TrainedModel;
import dev.ebt.store.MetricsHistory;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run that a report is written on: its configuration, its metrics and, if it has a checkpoint,
 * its model. What several sections need is computed once.
 */
public final class ReportRun {
  private final Path path;
  private final String label;
  private final RunConfiguration configuration;
  private final MetricsHistory metrics;
  private final @Nullable TrainedModel model;
  private final int rows;
  private final @Nullable ExpectationCheck expectations;
  private @Nullable ThinkingSample sample;

  /**
   * Creates a run.
   *
   * @param label its name in legends
   * @param model null if it has no checkpoint; closed by the caller
   * @param rows the maximum number of validation examples to predict
   * @param expectations the comparison with its recipe; null if that was not measured
   */
  public ReportRun(
      Path path,
      String label,
      RunConfiguration configuration,
      MetricsHistory metrics,
      @Nullable TrainedModel model,
      int rows,
      @Nullable ExpectationCheck expectations) {
    this.path = path;
    this.label = label;
    this.configuration = configuration;
    this.metrics = metrics;
    this.model = model;
    this.rows = rows;
    this.expectations = expectations;
  }

  /** Returns the folder of the run. */
  public Path path() {
    return path;
  }

  /** Returns the name of the run in legends. */
  public String label() {
    return label;
  }

  /** Returns the configuration, as it was written for the training. */
  public RunConfiguration configuration() {
    return configuration;
  }

  /** Returns the metrics that the training has recorded; without rows for an exported model. */
  public MetricsHistory metrics() {
    return metrics;
  }

  /** Returns the model; empty if there is no checkpoint yet. */
  public Optional<TrainedModel> model() {
    return Optional.ofNullable(model);
  }

  /**
   * Returns whether a lower loss is a better prediction, which it is not where many answers are
   * right and the loss is a distance from one of them; true also without a checkpoint.
   */
  public boolean judgedByLoss() {
    return model == null || model.parts().objective().judgedByLoss(model.parts().modality());
  }

  /** Returns the maximum number of validation examples that a section predicts. */
  public int rows() {
    return rows;
  }

  /**
   * Returns the comparison of the training with what trainings by its recipe have had; empty if no
   * recipe with the same modality, data and model was measured.
   */
  public Optional<ExpectationCheck> expectations() {
    return Optional.ofNullable(expectations);
  }

  /**
   * Returns predictions of validation examples; empty without a checkpoint.
   *
   * @throws UserException if the validation data cannot be read
   */
  public Optional<ThinkingSample> sample() {
    if (model == null) {
      return Optional.empty();
    }
    if (sample == null) {
      sample = ThinkingSample.of(model.parts(), rows);
    }
    return Optional.of(sample);
  }
}
