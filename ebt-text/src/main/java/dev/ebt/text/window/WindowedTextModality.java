package dev.ebt.text.window;

import dev.ebt.modality.TokenModality;

/** A modality of text in windows of tokens. */
public interface WindowedTextModality extends TokenModality {
  /** Returns the number of tokens of a window. */
  int length();
}
