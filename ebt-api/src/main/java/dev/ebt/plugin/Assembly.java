package dev.ebt.plugin;

import dev.ebt.modality.Modality;

/** What a part may be made of: the other parts of the same configuration. */
public interface Assembly {
  /** The modality. */
  Modality modality();

  /** How many energy landscapes there are. */
  int landscapes();

  /** The seed of the run. */
  long seed();

  /**
   * A part that another part's settings name, such as the tokenizer of a text modality.
   *
   * @param kind the SPI type, {@code Tokenizer.class}
   */
  <T> T part(Class<T> kind, PartSettings settings);
}
