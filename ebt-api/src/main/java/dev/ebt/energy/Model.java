package dev.ebt.energy;

import java.util.Optional;

/** Anything that can be learnt: an {@link EnergyModel}, or a baseline that predicts at once. */
public interface Model {
  /**
   * The name of the objective that such a model is taught by where nothing says otherwise; empty if
   * there is none that suits its kind.
   */
  default Optional<String> usualObjective() {
    return Optional.empty();
  }

  /** One line for a person: kind and sizes. */
  String description();

  /** The width that a modality embeds for, and decodes from; 0 if it does neither. */
  int width();
}
