package dev.ebt.energy;

/** Anything that can be learnt: an {@link EnergyModel}, or a baseline that predicts at once. */
public interface Model {
  /** One line for a person: kind and sizes. */
  String description();

  /** The width that a modality embeds for, and decodes from; 0 if it does neither. */
  int width();
}
