package dev.ebt.bench.serve;

import dev.ebt.inference.Prediction;
import dev.ebt.inference.TypedThought;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a model that one request needs. What they produce is collected without limits of
 * time or space on the side of the model, so that a slow client cannot stop it; the number of
 * predictions is limited. Closing cancels the calls that have not ended.
 */
final class Calls implements AutoCloseable {
  /**
   * An event of a call: a prediction, its thought at the end, or its failure.
   *
   * @param call the index of the call
   */
  record Event(
      int call,
      @Nullable Prediction prediction,
      @Nullable TypedThought<String> thought,
      @Nullable Throwable failure) {}

  private final List<CompletableFuture<TypedThought<String>>> futures = new ArrayList<>();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  /** A call of a model. */
  @FunctionalInterface
  interface Call {
    /** Begins the call, whose predictions are received by {@code predictions}. */
    CompletableFuture<TypedThought<String>> begin(Consumer<? super Prediction> predictions);
  }

  /** Begins a call. Its predictions are events only if {@code streamed}. */
  void begin(Call started, boolean streamed) {
    int call = futures.size();
    CompletableFuture<TypedThought<String>> future =
        started.begin(
            prediction -> {
              if (streamed) {
                events.add(new Event(call, prediction, null, null));
              }
            });
    futures.add(future);
    CompletableFuture<?> unused =
        future.whenComplete(
            (thought, failure) -> events.add(new Event(call, null, thought, cause(failure))));
  }

  private static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Returns the number of calls. */
  int size() {
    return futures.size();
  }

  /**
   * Waits for the next event; there is one until every call has ended.
   *
   * @return the event, or null if the time passed before
   */
  @Nullable Event next(long milliseconds) throws InterruptedException {
    return events.poll(milliseconds, TimeUnit.MILLISECONDS);
  }

  private Event next(ClientWait wait) throws InterruptedException {
    Event event = next(wait.millisecondsToCheck());
    while (event == null) {
      wait.check();
      event = next(wait.millisecondsToCheck());
    }
    return event;
  }

  /**
   * Waits for all calls and returns their thoughts in order.
   *
   * @throws ApiException if the wait ended before, even if the model is busy with other calls
   * @throws RuntimeException the failure of the first call that failed
   */
  List<TypedThought<String>> await(ClientWait wait) throws InterruptedException {
    List<@Nullable TypedThought<String>> thoughts = new ArrayList<>();
    futures.forEach(future -> thoughts.add(null));
    for (int left = size(); left > 0; left--) {
      Event event = next(wait);
      if (event.failure() instanceof RuntimeException exception) {
        throw exception;
      }
      if (event.failure() instanceof Error error) {
        throw error;
      }
      thoughts.set(event.call(), event.thought());
    }
    return List.copyOf(thoughts);
  }

  @Override
  public void close() {
    futures.forEach(future -> future.cancel(true));
  }
}
