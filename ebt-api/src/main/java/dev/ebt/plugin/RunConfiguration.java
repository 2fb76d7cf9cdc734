package dev.ebt.plugin;

import static java.util.Objects.requireNonNullElse;
import static java.util.Objects.requireNonNullElseGet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ebt.train.PublishedCompatibility;
import dev.ebt.train.TrainingSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a run. Missing values have the defaults in parentheses.
 *
 * @param seed the seed that determines all randomness of the run (33)
 * @param compatibility the behaviour to follow where the published code has a defect (corrected)
 * @param backend the compute backend (tensorflow)
 * @param modality the kind of data (text)
 * @param data the source of the data (brackets)
 * @param model the model to train (autoregressive)
 * @param objective the objective that training minimises (s1)
 * @param optimizer the optimizer of the parameters (adamw)
 * @param schedule the learning rate schedule (cosine)
 * @param clip the transform of the gradients before the optimizer, usually by their norm
 *     (clip-by-global-norm with norm 1, also for null; identity switches clipping off)
 * @param thinking the settings of thinking
 * @param regularizers hooks into thinking during training, in the order they compose (none)
 * @param metrics metrics to report beside those of the modality (none)
 * @param monitors observers of the training, in the order they are notified. Those that warn of
 *     failures observe it anyway; named here they have the settings given here, such as {@code
 *     action: off} (none)
 * @param training the settings of the training loop
 * @param from a run, an exported model, or the name of a bundled model that provides the initial
 *     weights, if any
 */
public record RunConfiguration(
    Long seed,
    PublishedCompatibility compatibility,
    PartSettings backend,
    PartSettings modality,
    PartSettings data,
    PartSettings model,
    PartSettings objective,
    PartSettings optimizer,
    PartSettings schedule,
    PartSettings clip,
    ThinkingSettings thinking,
    List<PartSettings> regularizers,
    List<PartSettings> metrics,
    List<PartSettings> monitors,
    TrainingSettings training,
    @Nullable String from) {

  /** Fills in defaults. */
  public RunConfiguration {
    seed = requireNonNullElse(seed, 33L);
    compatibility = requireNonNullElse(compatibility, PublishedCompatibility.CORRECTED);
    backend = requireNonNullElseGet(backend, () -> PartSettings.of("tensorflow"));
    modality = requireNonNullElseGet(modality, () -> PartSettings.of("text"));
    data = requireNonNullElseGet(data, () -> PartSettings.of("brackets"));
    model = requireNonNullElseGet(model, () -> PartSettings.of("autoregressive"));
    objective = requireNonNullElseGet(objective, () -> PartSettings.of("s1"));
    optimizer = requireNonNullElseGet(optimizer, () -> PartSettings.of("adamw"));
    schedule = requireNonNullElseGet(schedule, () -> PartSettings.of("cosine"));
    clip = requireNonNullElseGet(clip, RunConfiguration::defaultClip);
    thinking = requireNonNullElseGet(thinking, ThinkingSettings::defaults);
    regularizers = List.copyOf(requireNonNullElse(regularizers, List.of()));
    metrics = List.copyOf(requireNonNullElse(metrics, List.of()));
    monitors = List.copyOf(requireNonNullElse(monitors, List.of()));
    training = requireNonNullElseGet(training, TrainingSettings::defaults);
  }

  /** Returns a configuration with every value at its default. */
  public static RunConfiguration defaults() {
    return builder().build();
  }

  /** Returns a copy with other settings of the training loop. */
  public RunConfiguration withTraining(TrainingSettings other) {
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
        other,
        from);
  }

  /** Returns a builder in which every value has its default. */
  public static RunConfigurationBuilder builder() {
    return new RunConfigurationBuilder();
  }

  private static PartSettings defaultClip() {
    return new PartSettings(
        "clip-by-global-norm", JsonNodeFactory.instance.objectNode().put("norm", 1.0));
  }
}
