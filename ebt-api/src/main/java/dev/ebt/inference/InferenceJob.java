package dev.ebt.inference;

import dev.ebt.run.TrainedModel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Work for the thread of a model, whose result or failure a future has. */
sealed interface InferenceJob {
  /** Returns the future, which its caller may cancel. */
  CompletableFuture<?> future();

  /** A computation that is done at once. */
  record Computation<T>(Function<TrainedModel, T> function, CompletableFuture<T> future)
      implements InferenceJob {
    @SuppressWarnings("CatchingUnchecked") // Whatever it is, the caller gets it.
    void run(TrainedModel model) {
      try {
        future.complete(function.apply(model));
      } catch (RuntimeException | Error e) {
        future.completeExceptionally(e);
      }
    }
  }

  /**
   * A call to think.
   *
   * @param begun the time of the call, by {@link System#nanoTime}
   */
  record Call<I, O>(
      InferenceAdapter<I, O> adapter,
      I input,
      Thinking thinking,
      Consumer<? super Prediction> predictions,
      long begun,
      CompletableFuture<TypedThought<O>> future)
      implements InferenceJob {

    /** Returns whether the deadline has passed. */
    boolean expired() {
      return thinking
          .deadline()
          .filter(time -> time.compareTo(Duration.ofNanos(System.nanoTime() - begun)) < 0)
          .isPresent();
    }

    /** Ends the call because its deadline has passed. */
    void expire(@Nullable TypedThought<O> soFar) {
      Duration deadline = thinking.deadline().orElseThrow();
      future.completeExceptionally(new DeadlineExceededException(deadline, soFar));
    }

    /** Passes on a prediction; if its receiver fails, the call does. */
    void receive(Prediction prediction) {
      if (!future.isDone()) {
        try {
          predictions.accept(prediction);
        } catch (RuntimeException | Error e) {
          future.completeExceptionally(e);
        }
      }
    }
  }
}
