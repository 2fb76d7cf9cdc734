package dev.ebt.inference;

import java.util.List;

/** The answer to a call and how it was found. */
public sealed interface Thought permits TypedThought {
  /** Returns the answer as text: the generated text, or a one-line description of other answers. */
  String text();

  /** Returns the predictions of the answer in order, such as one per token. */
  List<Prediction> predictions();

  /** Returns why the answer ended. */
  FinishReason finish();

  /** Returns, for each prediction, its energies before the first step and after each step. */
  default List<List<Double>> energies() {
    return predictions().stream().map(Prediction::energies).toList();
  }

  /** Returns the total number of network evaluations. */
  default long evaluations() {
    return predictions().stream().mapToLong(Prediction::evaluations).sum();
  }
}
