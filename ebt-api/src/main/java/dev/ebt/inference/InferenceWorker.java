package dev.ebt.inference;

import dev.ebt.inference.InferenceJob.Call;
import dev.ebt.inference.InferenceJob.Computation;
import dev.ebt.predict.Interruption;
import dev.ebt.run.TrainedModel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The work of the thread that alone uses a model. Between two units of work calls join and leave:
 * they are done, cancelled, or their deadline has passed. Within a unit, between two programs on
 * the backend, their callers already learn of the end; the unit itself is given up once nobody
 * waits for it.
 */
final class InferenceWorker implements Runnable {
  /** The greatest number of sessions that are kept open without a call. */
  static final int MAX_IDLE = 4;

  private final TrainedModel model;
  private final InferenceLimits limits;
  private final InferenceQueue queue;
  private final ModelVariations variations;
  private final Map<GroupKey, Group<?, ?>> groups = new LinkedHashMap<>();
  private @Nullable Computation<?> computation;

  InferenceWorker(TrainedModel model, InferenceLimits limits, InferenceQueue queue) {
    this.model = model;
    this.variations = new ModelVariations(model);
    this.limits = limits;
    this.queue = queue;
  }

  /** Ends a unit of work that nobody waits for any more. */
  private static final class AbandonedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    AbandonedException() {
      super("nobody waits for this computation any more", null, false, false);
    }
  }

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

  /** What calls of one session have in common. */
  private record GroupKey(InferenceAdapter<?, ?> adapter, ThinkingVariation variation) {}

  /** The session of an adapter with its calls. */
  private static final class Group<I, O> {
    private final InferenceSession<I, O> session;
    private final List<Running<I, O>> running = new ArrayList<>();

    private Group(InferenceSession<I, O> session) {
      this.session = session;
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

  @Override
  public void run() {
    try {
      while (running() > 0 || queue.await()) {
        end();
        admit();
        advance();
        closeIdle();
      }
    } finally {
      queue.abandon(); // It is closed, unless an error ended this thread.
      try {
        end();
      } finally {
        close(groups.values().iterator());
      }
    }
  }

  /** Closes the sessions of groups, even if closing one fails, and then the model. */
  private void close(Iterator<Group<?, ?>> open) {
    if (!open.hasNext()) {
      model.close();
      return;
    }
    try {
      open.next().session.close();
    } finally {
      close(open);
    }
  }

  private int running() {
    return groups.values().stream().mapToInt(group -> group.running.size()).sum();
  }

  /** Ends what is to end, and lets it leave. */
  private void end() {
    expire();
    forEachGroup(Group::removeEnded);
  }

  /**
   * Ends calls whose deadline has passed, those that wait and those that are being answered, and
   * everything if the model is abandoned. Nothing leaves its session.
   */
  private void expire() {
    for (InferenceJob job : queue.drain(InferenceWorker::ends)) {
      if (job instanceof Call<?, ?> call && !call.future().isDone()) {
        call.expire(null);
      }
    }
    if (queue.abandoned()) {
      ModelClosedException closed = new ModelClosedException();
      queue.drain(job -> true).forEach(job -> job.future().completeExceptionally(closed));
      groups.values().forEach(group -> group.fail(closed));
      Computation<?> current = computation;
      if (current != null) {
        current.future().completeExceptionally(closed);
      }
    }
    groups.values().forEach(Group::expire);
  }

  private static boolean ends(InferenceJob job) {
    return job.future().isDone() || (job instanceof Call<?, ?> call && call.expired());
  }

  /**
   * Does one waiting computation, so that calls go on however many there are, and begins the
   * waiting calls that there is room for.
   */
  private void admit() {
    if (queue.poll(Computation.class::isInstance).orElse(null) instanceof Computation<?> next) {
      compute(next);
    }
    while (running() < limits.maxBatchSize()
        && queue.poll(Call.class::isInstance).orElse(null) instanceof Call<?, ?> call) {
      begin(call);
    }
  }

  /** Does a computation, which ends between two programs on the backend if it is cancelled. */
  private void compute(Computation<?> next) {
    computation = next;
    try {
      Interruption.during(
          () -> {
            expire();
            if (next.future().isDone()) {
              throw new AbandonedException();
            }
          },
          () -> next.run(model));
    } finally {
      computation = null;
    }
  }

  private <I, O> void begin(Call<I, O> call) {
    try {
      group(call.adapter(), call.thinking().variation()).add(call);
    } catch (RuntimeException | Error e) {
      call.future().completeExceptionally(e);
    }
  }

  @SuppressWarnings("unchecked") // A group has the types of its adapter.
  private <I, O> Group<I, O> group(InferenceAdapter<I, O> adapter, ThinkingVariation variation) {
    GroupKey key = new GroupKey(adapter, variation);
    Group<?, ?> group = groups.remove(key);
    if (group == null) {
      group = new Group<>(adapter.open(variations.of(variation, inUse()), limits.maxBatchSize()));
    }
    groups.put(key, group); // The last one: the order is that of their use.
    return (Group<I, O>) group;
  }

  /** Returns the variations that calls are being answered with. */
  private Set<ThinkingVariation> inUse() {
    return groups.entrySet().stream()
        .filter(entry -> !entry.getValue().running.isEmpty())
        .map(entry -> entry.getKey().variation())
        .collect(Collectors.toSet());
  }

  /**
   * Closes sessions that no call needs, except for those used last: there could be any number of
   * them.
   */
  private void closeIdle() {
    List<GroupKey> idle =
        groups.entrySet().stream()
            .filter(entry -> entry.getValue().running.isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    for (GroupKey key : idle.subList(0, Math.max(0, idle.size() - MAX_IDLE))) {
      Group<?, ?> group = groups.remove(key);
      if (group != null) {
        group.closeUnused();
      }
    }
  }

  private void advance() {
    forEachGroup(
        group -> {
          if (!group.running.isEmpty()) {
            group.advance(this::expire);
          }
        });
  }

  /**
   * Does something with each group; where it fails, the calls of that group do, and it is closed.
   */
  private void forEachGroup(Consumer<Group<?, ?>> action) {
    for (Map.Entry<GroupKey, Group<?, ?>> entry : List.copyOf(groups.entrySet())) {
      Group<?, ?> group = entry.getValue();
      try {
        action.accept(group);
      } catch (RuntimeException | Error e) {
        groups.remove(entry.getKey());
        group.fail(e);
        group.closeAfter(e);
      }
    }
  }
}
