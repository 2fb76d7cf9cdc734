package dev.ebt.monitor;

import java.util.List;

/**
 * A sample of what a model in training produces.
 *
 * @param text a line for people: {@code it writes "…"}
 * @param pictures images encoded as PNG; empty for what is no picture
 */
public record ModelSample(String text, List<byte[]> pictures) {
  /** Copies the list. */
  public ModelSample {
    pictures = List.copyOf(pictures);
  }
}
