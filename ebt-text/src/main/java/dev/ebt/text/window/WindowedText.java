package dev.ebt.text.window;

import dev.ebt.modality.Modality;
import dev.ebt.modality.Tokenizer;

/** A modality of text in windows of tokens. */
public interface WindowedText extends Modality {
  /** Returns the tokenizer. */
  Tokenizer tokenizer();

  /** Returns the number of tokens of a window. */
  int length();
}
