package dev.ebt.inference;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * A session in which one thread answers requests together, one unit of work at a time. Requests
 * join and leave between units. The result of each is independent of the others.
 *
 * @param <I> the input of a request
 * @param <O> the output
 */
public interface InferenceSession<I, O> extends AutoCloseable {
  /** A request in a session. */
  interface Request<O> {
    /** Returns whether nothing is left to do for it. */
    boolean done();

    /**
     * Returns the thought of a request that is done.
     *
     * @throws RuntimeException if this request failed, alone
     */
    TypedThought<O> thought();

    /**
     * Returns what there is so far of a request that is not done and will be removed: complete
     * predictions, and of an answer that is one prediction the best of the candidates that are
     * complete, or else the one that is being thought about. Empty if there is nothing yet.
     */
    Optional<TypedThought<O>> soFar();
  }

  /**
   * Adds a request, which begins at the next {@link #advance}. There are never more than the number
   * that the session was opened for.
   *
   * @param predictions receives each prediction as soon as it is known; it does not throw
   * @throws dev.ebt.error.UserException if the input, or an option for this model, is unsuitable;
   *     the session remains as it was
   */
  Request<O> add(I input, Thinking thinking, Consumer<? super Prediction> predictions);

  /**
   * Does one unit of work, such as a thinking step or a token, for all requests that are not done.
   *
   * @throws RuntimeException if the session as a whole failed; it is then closed
   */
  void advance();

  /**
   * Returns whether the unit of work that is being done is for a request, too. It is called within
   * {@link #advance}, between two programs on the backend, and the unit is given up once all
   * requests that it is for have ended. A session that does one unit for all need not implement it.
   */
  default boolean worksOn(Request<O> request) {
    return true;
  }

  /** Removes a request, whether it is done or not. */
  void remove(Request<O> request);

  /** Frees what the session holds, but not its model. */
  @Override
  void close();
}
