package dev.ebt.text;

import dev.ebt.text.read.Document;
import java.util.function.Consumer;

/** Settings of a dataset that can say what its text is before there is a tokenizer for it. */
public interface TextSource {
  /** Hands over every document, those for training and those for validation. */
  void documents(Consumer<Document> reader);
}
