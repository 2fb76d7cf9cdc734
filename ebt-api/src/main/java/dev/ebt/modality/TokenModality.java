package dev.ebt.modality;

/** A modality whose targets are tokens of a tokenizer. */
public interface TokenModality extends Modality {
  /** Returns the tokenizer. */
  Tokenizer tokenizer();
}
