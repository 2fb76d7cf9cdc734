package dev.ebt.plugin;

import dev.ebt.train.PublishedCompatibility;
import dev.ebt.train.TrainingSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A builder of {@link RunConfiguration}s; what is not set has its default. */
public final class RunConfigurationBuilder {
  private @Nullable Long seed;
  private @Nullable PublishedCompatibility compatibility;
  private @Nullable PartSettings backend;
  private @Nullable PartSettings modality;
  private @Nullable PartSettings data;
  private @Nullable PartSettings model;
  private @Nullable PartSettings objective;
  private @Nullable PartSettings optimizer;
  private @Nullable PartSettings schedule;
  private @Nullable PartSettings clip;
  private @Nullable ThinkingSettings thinking;
  private @Nullable List<PartSettings> regularizers;
  private @Nullable List<PartSettings> metrics;
  private @Nullable List<PartSettings> monitors;
  private @Nullable TrainingSettings training;
  private @Nullable String from;

  RunConfigurationBuilder() {}

  /** Sets the seed that determines all randomness of the run. */
  public RunConfigurationBuilder seed(Long value) {
    this.seed = value;
    return this;
  }

  /** Sets the behaviour to follow where the published code has a defect. */
  public RunConfigurationBuilder compatibility(PublishedCompatibility value) {
    this.compatibility = value;
    return this;
  }

  /** Sets the compute backend. */
  public RunConfigurationBuilder backend(PartSettings value) {
    this.backend = value;
    return this;
  }

  /** Sets the kind of data. */
  public RunConfigurationBuilder modality(PartSettings value) {
    this.modality = value;
    return this;
  }

  /** Sets the source of the data. */
  public RunConfigurationBuilder data(PartSettings value) {
    this.data = value;
    return this;
  }

  /** Sets the model to train. */
  public RunConfigurationBuilder model(PartSettings value) {
    this.model = value;
    return this;
  }

  /** Sets the objective that training minimises. */
  public RunConfigurationBuilder objective(PartSettings value) {
    this.objective = value;
    return this;
  }

  /** Sets the optimizer of the parameters. */
  public RunConfigurationBuilder optimizer(PartSettings value) {
    this.optimizer = value;
    return this;
  }

  /** Sets the learning rate schedule. */
  public RunConfigurationBuilder schedule(PartSettings value) {
    this.schedule = value;
    return this;
  }

  /** Sets the transform of the gradients before the optimizer, usually by their norm. */
  public RunConfigurationBuilder clip(PartSettings value) {
    this.clip = value;
    return this;
  }

  /** Sets the settings of thinking. */
  public RunConfigurationBuilder thinking(ThinkingSettings value) {
    this.thinking = value;
    return this;
  }

  /** Sets hooks into thinking during training, in the order they compose. */
  public RunConfigurationBuilder regularizers(List<PartSettings> value) {
    this.regularizers = value;
    return this;
  }

  /** Sets metrics to report beside those of the modality. */
  public RunConfigurationBuilder metrics(List<PartSettings> value) {
    this.metrics = value;
    return this;
  }

  /** Sets observers of the training, in the order they are notified. */
  public RunConfigurationBuilder monitors(List<PartSettings> value) {
    this.monitors = value;
    return this;
  }

  /** Sets the settings of the training loop. */
  public RunConfigurationBuilder training(TrainingSettings value) {
    this.training = value;
    return this;
  }

  /** Sets a run or exported model that provides the initial weights, if any. */
  public RunConfigurationBuilder from(@Nullable String value) {
    this.from = value;
    return this;
  }

  /** Returns the configuration. */
  @SuppressWarnings("NullAway") // A value that is null gets its default.
  public RunConfiguration build() {
    return new RunConfiguration(
        seed,
        compatibility,
        backend,
        modality,
        data,
        model,
        objective,
        optimizer,
        schedule,
        clip,
        thinking,
        regularizers,
        metrics,
        monitors,
        training,
        from);
  }
}
