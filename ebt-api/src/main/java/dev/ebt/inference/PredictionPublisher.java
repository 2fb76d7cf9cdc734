package dev.ebt.inference;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A publisher that begins a call for each subscriber. Predictions that were not requested yet are
 * kept; the call goes on meanwhile.
 */
final class PredictionPublisher implements Flow.Publisher<Prediction> {
  /** The greatest number of predictions that wait for a subscriber; with more the call fails. */
  private static final int MAX_BUFFERED = 1 << 20;

  private final Function<Consumer<Prediction>, CompletableFuture<?>> call;

  /**
   * Creates a publisher.
   *
   * @param call begins a call with a receiver of predictions
   */
  PredictionPublisher(Function<Consumer<Prediction>, CompletableFuture<?>> call) {
    this.call = call;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // The dependents have no result, and do not fail.
  public void subscribe(Flow.Subscriber<? super Prediction> subscriber) {
    CompletableFuture<Void> cancelled = new CompletableFuture<>();
    Executor threads = cancelled.defaultExecutor();
    SubmissionPublisher<Prediction> publisher = new SubmissionPublisher<>(threads, MAX_BUFFERED);
    publisher.subscribe(new Cancelling(subscriber, cancelled));
    CompletableFuture<?> answer;
    try {
      answer = call.apply(prediction -> offer(publisher, prediction));
    } catch (RuntimeException e) {
      publisher.closeExceptionally(e);
      return;
    }
    answer.whenComplete(
        (thought, failure) -> {
          if (failure == null) {
            publisher.close();
          } else {
            publisher.closeExceptionally(failure);
          }
        });
    cancelled.thenRun(() -> answer.cancel(true));
  }

  /** Passes on a prediction without ever waiting, because the model's thread calls this. */
  private static void offer(SubmissionPublisher<Prediction> publisher, Prediction prediction) {
    if (publisher.offer(prediction, null) < 0) {
      throw new IllegalStateException(
          "the subscriber has not requested " + MAX_BUFFERED + " predictions; it is too slow");
    }
  }

  /** A subscriber that completes a future when it wants no more. */
  private record Cancelling(
      Flow.Subscriber<? super Prediction> subscriber, CompletableFuture<Void> cancelled)
      implements Flow.Subscriber<Prediction> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long count) {
              subscription.request(count);
            }

            @Override
            public void cancel() {
              subscription.cancel();
              cancelled.complete(null);
            }
          });
    }

    @Override
    public void onNext(Prediction prediction) {
      try {
        subscriber.onNext(prediction);
      } catch (RuntimeException | Error e) {
        cancelled.complete(null);
        throw e; // The publisher cancels the subscription, and calls onError.
      }
    }

    @Override
    public void onError(Throwable failure) {
      subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
    }
  }
}
