package dev.ebt.plugin;

import dev.ebt.backend.Backend;
import dev.ebt.energy.Model;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Encoder;
import dev.ebt.modality.Modality;
import dev.ebt.modality.Tokenizer;
import dev.ebt.optimize.GradientTransform;
import dev.ebt.optimize.Optimizer;
import dev.ebt.regularize.Regularizer;
import dev.ebt.train.Objective;
import java.util.List;
import java.util.Map;

/**
 * The entry point of a plugin, named in its {@code META-INF/services/dev.ebt.plugin.EbtPlugin}.
 * Every kind of part is optional. Our own modules come in by the same door.
 */
public interface EbtPlugin {
  /** Version of this SPI; compiled into the plugin that returns it. */
  int SPI_VERSION = 1;

  /** Short name for messages and listings. */
  String name();

  /** Always {@code return SPI_VERSION;}: the version that the plugin was compiled against. */
  int spiVersion();

  /** Kinds of data. */
  default List<Factory<? extends Modality, ?>> modalities() {
    return List.of();
  }

  /** Sources of data. */
  default List<Factory<? extends Dataset, ?>> datasets() {
    return List.of();
  }

  /** Text as numbers. */
  default List<Factory<? extends Tokenizer, ?>> tokenizers() {
    return List.of();
  }

  /** What frames are to a model, and back. */
  default List<Factory<? extends Encoder, ?>> encoders() {
    return List.of();
  }

  /** Energy models, and the baselines they are compared with. */
  default List<Factory<? extends Model, ?>> models() {
    return List.of();
  }

  /** What training minimises. */
  default List<Factory<? extends Objective, ?>> objectives() {
    return List.of();
  }

  /** How parameters and candidates move. */
  default List<Factory<? extends Optimizer, ?>> optimizers() {
    return List.of();
  }

  /**
   * Stages between a gradient and the step against it, which the optimizer {@code chain} composes.
   */
  default List<Factory<? extends GradientTransform, ?>> transforms() {
    return List.of();
  }

  /** Hooks into thinking. */
  default List<Factory<? extends Regularizer, ?>> regularizers() {
    return List.of();
  }

  /** What computes. */
  default List<Factory<? extends Backend, ?>> backends() {
    return List.of();
  }

  /**
   * Ready configurations by name: YAML text that a run's own configuration is laid over. Each is a
   * complete one.
   */
  default Map<String, String> recipes() {
    return Map.of();
  }
}
