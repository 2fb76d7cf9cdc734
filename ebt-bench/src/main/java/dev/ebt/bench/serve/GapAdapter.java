package dev.ebt.bench.serve;

import dev.ebt.inference.GapForm;
import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.Prediction;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.TypedThought;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** An adapter that fills gaps between texts, with its form. */
record GapAdapter<I>(InferenceAdapter<I, String> adapter, GapForm<I> form) {
  /**
   * Returns the adapter of a model that fills gaps between texts.
   *
   * @throws ApiException if the model has none
   */
  static GapAdapter<?> of(ServedModel model) {
    for (ServedAdapter<?, ?> each : model.adapters()) {
      Optional<? extends GapAdapter<?>> found = of(each);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw ApiException.unsuitable(
        "suffix", "suffix is not supported by model '" + model.name() + "'");
  }

  @SuppressWarnings("unchecked") // A form of gaps belongs to an adapter whose outputs are strings.
  private static <I> Optional<GapAdapter<I>> of(ServedAdapter<I, ?> served) {
    return served.form() instanceof GapForm<?> form
        ? Optional.of(
            new GapAdapter<>((InferenceAdapter<I, String>) served.adapter(), (GapForm<I>) form))
        : Optional.empty();
  }

  /** Begins to fill a gap, with at most so many continuations to choose from. */
  CompletableFuture<TypedThought<String>> fill(
      ServedModel model,
      String before,
      String after,
      int mostAnswers,
      Thinking thinking,
      Consumer<? super Prediction> predictions) {
    I input = form.textWithGap(before, after, mostAnswers);
    return model.calls().thinkAsync(adapter, input, thinking, predictions);
  }
}
