package dev.ebt.inference;

import java.util.List;

/**
 * The answer to a call in the output type of its modality.
 *
 * @param answer the answer: a text, an image, or the type of a plugin
 * @param text the answer as text
 * @param predictions the predictions of the answer, in order
 * @param finish why the answer ended
 */
public record TypedThought<O>(
    O answer, String text, List<Prediction> predictions, FinishReason finish) implements Thought {
  /** Copies the list. */
  public TypedThought {
    predictions = List.copyOf(predictions);
  }
}
