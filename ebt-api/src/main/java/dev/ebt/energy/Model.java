package dev.ebt.energy;

import java.util.Optional;

/** A trainable model: an {@link EnergyModel}, or a baseline without an energy. */
public interface Model {
  /**
   * Returns the name of the default training objective of such a model; empty if no objective suits
   * it.
   */
  default Optional<String> usualObjective() {
    return Optional.empty();
  }

  /** Returns a readable description in one line: architecture and sizes. */
  String description();

  /** Returns the width for which a modality embeds and from which it decodes; 0 if neither. */
  int width();
}
