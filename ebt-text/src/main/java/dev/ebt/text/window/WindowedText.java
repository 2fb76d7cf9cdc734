package dev.ebt.text.window;

import dev.ebt.modality.TokenModality;

/** A modality of text in windows of tokens. */
public interface WindowedText extends TokenModality {
  /** Returns the number of tokens of a window. */
  int length();
}
