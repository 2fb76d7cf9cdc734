package dev.ebt.plugin;

import static java.util.Objects.requireNonNullElse;
import static java.util.Objects.requireNonNullElseGet;

import dev.ebt.train.Compatibility;
import dev.ebt.train.TrainingSettings;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a run is made of. Whatever is left out has the default named here.
 *
 * @param seed all randomness of the run is a function of it (33)
 * @param compatibility whose way is taken where the published code has a defect (corrected)
 * @param backend what computes (tensorflow)
 * @param modality the kind of data (text)
 * @param data where the data comes from (brackets)
 * @param model what is learnt (autoregressive)
 * @param objective what training minimises (s1)
 * @param optimizer how parameters move (adamw)
 * @param thinking how candidates move
 * @param regularizers hooks into thinking while learning, in the order they compose (none)
 * @param training how long and how carefully it learns
 * @param from a run or published model whose weights are the first ones, if any
 */
public record RunConfiguration(
    Long seed,
    Compatibility compatibility,
    PartSettings backend,
    PartSettings modality,
    PartSettings data,
    PartSettings model,
    PartSettings objective,
    PartSettings optimizer,
    ThinkingSettings thinking,
    List<PartSettings> regularizers,
    TrainingSettings training,
    @Nullable String from) {

  /** Fills in defaults. */
  public RunConfiguration {
    seed = requireNonNullElse(seed, 33L);
    compatibility = requireNonNullElse(compatibility, Compatibility.CORRECTED);
    backend = requireNonNullElseGet(backend, () -> PartSettings.of("tensorflow"));
    modality = requireNonNullElseGet(modality, () -> PartSettings.of("text"));
    data = requireNonNullElseGet(data, () -> PartSettings.of("brackets"));
    model = requireNonNullElseGet(model, () -> PartSettings.of("autoregressive"));
    objective = requireNonNullElseGet(objective, () -> PartSettings.of("s1"));
    optimizer = requireNonNullElseGet(optimizer, () -> PartSettings.of("adamw"));
    thinking = requireNonNullElseGet(thinking, ThinkingSettings::defaults);
    regularizers = List.copyOf(requireNonNullElse(regularizers, List.of()));
    training = requireNonNullElseGet(training, TrainingSettings::defaults);
  }

  /** The same with each part's choice changed. */
  RunConfiguration with(UnaryOperator<PartSettings> change) {
    return new RunConfiguration(
        seed,
        compatibility,
        change.apply(backend),
        change.apply(modality),
        change.apply(data),
        change.apply(model),
        change.apply(objective),
        change.apply(optimizer),
        thinking.with(change),
        regularizers.stream().map(change).toList(),
        training,
        from);
  }

  /** Everything at its default. */
  public static RunConfiguration defaults() {
    return new RunConfiguration(
        null, null, null, null, null, null, null, null, null, null, null, null);
  }
}
