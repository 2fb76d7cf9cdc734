package dev.ebt.inference;

import dev.ebt.predict.FixedElements;
import dev.ebt.tensor.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request of a {@link PredictionSession} with the predictions that were made. */
final class PredictionRequest<O> implements InferenceSession.Request<O> {
  private final PredictionTask<O> task;
  private final ThinkingBudget budget;
  private final long seed;
  private final Consumer<? super Prediction> receiver;
  private final List<Prediction> predictions = new ArrayList<>();
  private Map<String, Array> context = Map.of();
  private Optional<FixedElements> fixed = Optional.empty();
  private @Nullable RuntimeException failure;
  private @Nullable Supplier<Unfinished> current;
  private boolean ended;

  /** The prediction that is being made. */
  record Unfinished(Array candidate, Prediction prediction) {}

  PredictionRequest(
      PredictionTask<O> task,
      ThinkingBudget budget,
      long seed,
      Consumer<? super Prediction> receiver) {
    this.task = task;
    this.budget = budget;
    this.seed = seed;
    this.receiver = receiver;
  }

  ThinkingBudget budget() {
    return budget;
  }

  PredictionTask<O> task() {
    return task;
  }

  /** Returns the seed of the next prediction. */
  long seed() {
    return seed + predictions.size();
  }

  /** Asks the task for its next context; returns false if that, and so the request, failed. */
  boolean prepare() {
    try {
      context = task.context();
      fixed = task.fixed();
      return true;
    } catch (RuntimeException e) {
      failure = e;
      return false;
    }
  }

  /** Returns the given elements of the prediction that was prepared. */
  Optional<FixedElements> fixed() {
    return fixed;
  }

  /** Returns the context of the prediction that was prepared. */
  Map<String, Array> context() {
    return context;
  }

  /**
   * Begins a prediction.
   *
   * @param unfinished returns what there is of it between steps
   */
  void begin(Supplier<Unfinished> unfinished) {
    current = unfinished;
  }

  /** Adds a prediction; if the task refuses it, the request has failed. */
  void add(Array candidate, List<Double> energies, int evaluations) {
    current = null;
    if (ended) {
      return; // The deadline passed in the middle of a unit of work, which the others needed.
    }
    Prediction prediction = Prediction.of(energies, evaluations);
    try {
      task.add(candidate);
      predictions.add(prediction);
    } catch (RuntimeException e) {
      failure = e;
      return;
    }
    receiver.accept(prediction);
  }

  @Override
  public boolean done() {
    return failure != null || task.complete();
  }

  @Override
  public TypedThought<O> thought() {
    if (failure != null) {
      throw failure;
    }
    return thought(FinishReason.COMPLETE);
  }

  @Override
  public Optional<TypedThought<O>> soFar() {
    Supplier<Unfinished> begun = current;
    ended = begun != null || !predictions.isEmpty();
    if (begun != null) {
      Unfinished unfinished = begun.get();
      task.add(unfinished.candidate());
      predictions.add(unfinished.prediction());
      current = null;
    }
    return predictions.isEmpty() ? Optional.empty() : Optional.of(thought(FinishReason.UNFINISHED));
  }

  private TypedThought<O> thought(FinishReason finish) {
    return new TypedThought<>(task.answer(), task.text(), predictions, finish);
  }
}
