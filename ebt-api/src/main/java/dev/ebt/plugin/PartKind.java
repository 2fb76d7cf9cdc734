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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The kinds of parts that plugins bring. Names are unique within a kind. */
public enum PartKind {
  /** {@link Modality}. */
  MODALITY("modality", Modality.class, EbtPlugin::modalities),
  /** {@link Dataset}. */
  DATASET("dataset", Dataset.class, EbtPlugin::datasets),
  /** {@link Tokenizer}. */
  TOKENIZER("tokenizer", Tokenizer.class, EbtPlugin::tokenizers),
  /** {@link Encoder}. */
  ENCODER("encoder", Encoder.class, EbtPlugin::encoders),
  /** {@link Model}. */
  MODEL("model", Model.class, EbtPlugin::models),
  /** {@link Objective}. */
  OBJECTIVE("objective", Objective.class, EbtPlugin::objectives),
  /** {@link Optimizer}. */
  OPTIMIZER("optimizer", Optimizer.class, EbtPlugin::optimizers),
  /** {@link GradientTransform}. */
  TRANSFORM("transform", GradientTransform.class, EbtPlugin::transforms),
  /** {@link Regularizer}. */
  REGULARIZER("regularizer", Regularizer.class, EbtPlugin::regularizers),
  /** {@link Backend}. */
  BACKEND("backend", Backend.class, EbtPlugin::backends);

  private final String word;
  private final Class<?> type;
  private final Function<EbtPlugin, List<? extends Factory<?, ?>>> brought;

  PartKind(String word, Class<?> type, Function<EbtPlugin, List<? extends Factory<?, ?>>> brought) {
    this.word = word;
    this.type = type;
    this.brought = brought;
  }

  /** What it is called in messages and listings. */
  public String word() {
    return word;
  }

  /** The SPI type of its parts. */
  public Class<?> type() {
    return type;
  }

  /** The factories of this kind that a plugin brings. */
  List<? extends Factory<?, ?>> of(EbtPlugin plugin) {
    return brought.apply(plugin);
  }

  /**
   * The kind whose SPI type this is.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static PartKind of(Class<?> type) {
    return Arrays.stream(values())
        .filter(kind -> kind.type == type)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(type + " is no kind of part"));
  }

  /** The kind that a settings record means by the name of a component: {@code tokenizer}. */
  static Optional<PartKind> named(String component) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(component)).findFirst();
  }
}
