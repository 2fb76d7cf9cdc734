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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A kind of part that plugins provide. Part names are unique within a kind. */
public enum PartKind {
  /** {@link Modality}. */
  MODALITY("modality", Modality.class, EbtPlugin::modalities),
  /** {@link Dataset}. */
  DATASET("dataset", Dataset.class, EbtPlugin::datasets),
  /** {@link Tokenizer}. */
  TOKENIZER("tokenizer", Tokenizer.class, EbtPlugin::tokenizers),
  /** {@link LatentEncoder}. */
  ENCODER("encoder", LatentEncoder.class, EbtPlugin::encoders),
  /** {@link Model}. */
  MODEL("model", Model.class, EbtPlugin::models),
  /** {@link Objective}. */
  OBJECTIVE("objective", Objective.class, EbtPlugin::objectives),
  /** {@link Optimizer}. */
  OPTIMIZER("optimizer", Optimizer.class, EbtPlugin::optimizers),
  /** {@link GradientTransform}. */
  TRANSFORM("transform", GradientTransform.class, EbtPlugin::transforms),
  /** {@link LearningRateSchedule}. */
  SCHEDULE("schedule", LearningRateSchedule.class, EbtPlugin::schedules),
  /** {@link Regularizer}. */
  REGULARIZER("regularizer", Regularizer.class, EbtPlugin::regularizers),
  /** {@link Metric}. */
  METRIC("metric", Metric.class, EbtPlugin::metrics),
  /** {@link StoppingRule}. */
  STOP("stop", StoppingRule.class, EbtPlugin::stoppingRules),
  /** {@link Selection}. */
  SELECT("select", Selection.class, EbtPlugin::selections),
  /** {@link Repulsion}. */
  REPEL("repel", Repulsion.class, EbtPlugin::repulsions),
  /** {@link EnergyTerm}, whose settings stand beside its {@code weight}. */
  ENERGY("energy", EnergyTerm.class, EbtPlugin::energies),
  /** {@link Monitor}. */
  MONITOR("monitor", Monitor.class, EbtPlugin::monitors),
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

  /** Returns the word for this kind in messages and listings. */
  public String word() {
    return word;
  }

  /** Returns the noun for a part of this kind in messages, such as {@code stopping rule}. */
  String noun() {
    return switch (this) {
      case SCHEDULE -> "learning rate schedule";
      case STOP -> "stopping rule";
      case SELECT -> "selection";
      case REPEL -> "repulsion";
      default -> word;
    };
  }

  /** Returns whether a choice of such a part has a {@code weight} beside the part's settings. */
  boolean isWeighted() {
    return this == ENERGY;
  }

  /** Returns the SPI type of the parts. */
  public Class<?> type() {
    return type;
  }

  /** Returns a plugin's factories of this kind. */
  List<? extends Factory<?, ?>> of(EbtPlugin plugin) {
    return brought.apply(plugin);
  }

  /**
   * Returns the kind with this SPI type.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PartKind of(Class<?> type) {
    return Arrays.stream(values())
        .filter(kind -> kind.type == type)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(type + " is no kind of part"));
  }

  /**
   * Returns the name of an element of a list with this name: {@code energy} of {@code energies}.
   */
  static String singular(String list) {
    if (list.endsWith("ies")) {
      return list.substring(0, list.length() - 3) + "y";
    }
    return list.endsWith("s") ? list.substring(0, list.length() - 1) : list;
  }

  /**
   * Returns the kind that the name of a settings record's component stands for: {@code tokenizer}.
   */
  public static Optional<PartKind> named(String component) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(component)).findFirst();
  }
}
