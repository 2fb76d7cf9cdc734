package dev.ebt.plugin;

import dev.ebt.backend.Backend;
import dev.ebt.energy.EnergyTerm;
import dev.ebt.energy.Model;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.LatentEncoder;
import dev.ebt.modality.Metric;
import dev.ebt.modality.Modality;
import dev.ebt.modality.Tokenizer;
import dev.ebt.monitor.Monitor;
import dev.ebt.objective.Objective;
import dev.ebt.optimize.GradientTransform;
import dev.ebt.optimize.LearningRateSchedule;
import dev.ebt.optimize.Optimizer;
import dev.ebt.regularize.Regularizer;
import dev.ebt.select.Repulsion;
import dev.ebt.select.Selection;
import dev.ebt.stop.StoppingRule;
import java.util.List;
import java.util.Map;

/**
 * The entry point of a plugin, named in its {@code META-INF/services/dev.ebt.plugin.EbtPlugin}.
 * Every kind of part is optional. The bundled modules use the same mechanism.
 */
public interface EbtPlugin {
  /**
   * The version of this SPI; a compile-time constant in the plugin that returns it. It stays 1
   * until the first release, from which on compatibility is kept.
   */
  int SPI_VERSION = 1;

  /** The oldest version of this SPI whose plugins still work. */
  int OLDEST_SPI_VERSION = 1;

  /** Returns a short name for messages and listings. */
  String name();

  /**
   * Returns the SPI version that the plugin was compiled against; implement as {@code return
   * SPI_VERSION;}.
   */
  int spiVersion();

  /** Returns the modalities: kinds of data. */
  default List<Factory<? extends Modality, ?>> modalities() {
    return List.of();
  }

  /** Returns the datasets: sources of data. */
  default List<Factory<? extends Dataset, ?>> datasets() {
    return List.of();
  }

  /** Returns the tokenizers, which turn text into token numbers. */
  default List<Factory<? extends Tokenizer, ?>> tokenizers() {
    return List.of();
  }

  /** Returns the encoders, which turn frames into model inputs and back. */
  default List<Factory<? extends LatentEncoder, ?>> encoders() {
    return List.of();
  }

  /** Returns the energy models, and the baselines they are compared with. */
  default List<Factory<? extends Model, ?>> models() {
    return List.of();
  }

  /**
   * Returns the families of models whose type no other family is for. Those of energy models, of
   * models that predict in one pass, and of diffusion models are bundled.
   */
  default List<ModelFamily> families() {
    return List.of();
  }

  /** Returns the objectives that training minimises. */
  default List<Factory<? extends Objective, ?>> objectives() {
    return List.of();
  }

  /** Returns the optimizers of parameters and candidates. */
  default List<Factory<? extends Optimizer, ?>> optimizers() {
    return List.of();
  }

  /**
   * Returns the transforms between a gradient and the step against it, which the optimizer {@code
   * chain} composes; {@code clip} names one too.
   */
  default List<Factory<? extends GradientTransform, ?>> transforms() {
    return List.of();
  }

  /** Returns the learning rate schedules. */
  default List<Factory<? extends LearningRateSchedule, ?>> schedules() {
    return List.of();
  }

  /** Returns the regularizers: hooks into thinking. */
  default List<Factory<? extends Regularizer, ?>> regularizers() {
    return List.of();
  }

  /** Returns the metrics that are reported beside those of a modality. */
  default List<Factory<? extends Metric, ?>> metrics() {
    return List.of();
  }

  /** Returns the stopping rules: when thinking about a prediction ends. */
  default List<Factory<? extends StoppingRule, ?>> stoppingRules() {
    return List.of();
  }

  /** Returns the selections among candidates. */
  default List<Factory<? extends Selection, ?>> selections() {
    return List.of();
  }

  /** Returns the repulsions between candidates. */
  default List<Factory<? extends Repulsion, ?>> repulsions() {
    return List.of();
  }

  /** Returns the energies that can be added to that of a trained model, such as constraints. */
  default List<Factory<? extends EnergyTerm, ?>> energies() {
    return List.of();
  }

  /** Returns the monitors, which observe trainings and can end them early. */
  default List<Factory<? extends Monitor, ?>> monitors() {
    return List.of();
  }

  /**
   * Returns the names of those monitors of this plugin that observe every training with their
   * default settings, unless its configuration names them. They should cost next to nothing, and do
   * nothing but warn.
   */
  default List<String> defaultMonitors() {
    return List.of();
  }

  /** Returns the compute backends. */
  default List<Factory<? extends Backend, ?>> backends() {
    return List.of();
  }

  /**
   * Returns the recipes: complete configurations by name, as YAML text that a run's own
   * configuration overrides.
   */
  default Map<String, String> recipes() {
    return Map.of();
  }

  /**
   * Returns those of the recipes that commands suggest for a user's data, or use where no recipe is
   * named.
   */
  default List<SuggestedRecipe> suggestedRecipes() {
    return List.of();
  }

  /** Returns what trainings by the recipes have been measured to have, for those that were. */
  default List<Expectation> expectations() {
    return List.of();
  }

  /** Returns trained models, which commands open by their names in place of a run. */
  default List<BundledModel> bundledModels() {
    return List.of();
  }
}
