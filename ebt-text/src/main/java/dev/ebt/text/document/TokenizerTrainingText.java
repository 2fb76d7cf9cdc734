package dev.ebt.text.document;

import java.util.function.Consumer;

/** Settings of a dataset that can supply its text before there is a tokenizer for it. */
public interface TokenizerTrainingText {
  /** Passes on every document for training and validation. */
  void documents(Consumer<Document> reader);
}
