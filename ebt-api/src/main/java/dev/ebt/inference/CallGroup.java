package dev.ebt.inference;

import dev.ebt.inference.InferenceJob.Call;
import dev.ebt.predict.Interruption;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls that one session of an adapter answers together.
 *
 * @param <I> the input of a call
 * @param <O> the output
 */
final class CallGroup<I, O> implements AutoCloseable {
  private final InferenceSession<I, O> session;
  private final List<Running<I, O>> running = new ArrayList<>();

  /** A call that is being answered. */
  private record Running<I, O>(Call<I, O> call, InferenceSession.Request<O> request) {
    /** Ends the call if it is done, cancelled or its deadline has passed. */
    boolean ended() {
      if (!call.future().isDone()) {
        try {
          if (request.done()) {
            call.future().complete(request.thought());
          }
        } catch (RuntimeException | Error e) {
          call.future().completeExceptionally(e);
        }
      }
      expire();
      return call.future().isDone();
    }

    /** Ends the call if its deadline has passed. */
    void expire() {
      if (!call.future().isDone() && call.expired()) {
        try {
          call.expire(request.soFar().orElse(null));
        } catch (RuntimeException | Error e) {
          call.future().completeExceptionally(e);
        }
      }
    }
  }

  CallGroup(InferenceSession<I, O> session) {
    this.session = session;
  }

  boolean isEmpty() {
    return running.isEmpty();
  }

  /** Returns the number of calls. */
  int size() {
    return running.size();
  }

  void add(Call<I, O> call) {
    running.add(new Running<>(call, session.add(call.input(), call.thinking(), call::receive)));
  }

  /**
   * Does one unit of work.
   *
   * @param expire ends calls between two programs on the backend
   */
  void advance(Runnable expire) {
    try {
      Interruption.during(
          () -> {
            expire.run();
            if (running.stream()
                .filter(each -> session.worksOn(each.request()))
                .allMatch(each -> each.call().future().isDone())) {
              throw new AbandonedException();
            }
          },
          session::advance);
    } catch (AbandonedException e) {
      // The calls that it was for have ended, and leave now; the session serves the others.
    }
    removeEnded();
  }

  void expire() {
    running.forEach(Running::expire);
  }

  void removeEnded() {
    List<Running<I, O>> ended = running.stream().filter(Running::ended).toList();
    running.removeAll(ended);
    ended.forEach(each -> session.remove(each.request()));
  }

  void fail(Throwable cause) {
    running.forEach(each -> each.call().future().completeExceptionally(cause));
  }

  /** Closes the session. */
  @Override
  public void close() {
    session.close();
  }

  /** Closes the session, of which no call is left that a failure could be reported to. */
  void closeUnused() {
    try {
      session.close();
    } catch (RuntimeException | Error e) {
      // The calls of other sessions go on.
    }
  }

  /** Closes the session after a failure, which a failure to close does not replace. */
  void closeAfter(Throwable cause) {
    try {
      session.close();
    } catch (RuntimeException | Error e) {
      if (e != cause) {
        cause.addSuppressed(e);
      }
    }
  }
}
