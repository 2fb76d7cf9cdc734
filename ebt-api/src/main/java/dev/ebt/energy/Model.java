package dev.ebt.energy;

/**
 * A trainable model: an {@link EnergyModel}, a baseline without an energy, or one of another type
 * with a {@link dev.ebt.plugin.ModelFamily} of its own.
 */
public interface Model {
  /** Returns a readable description in one line: architecture and sizes. */
  String description();

  /** Returns the width for which a modality embeds and from which it decodes; 0 if neither. */
  int width();
}
