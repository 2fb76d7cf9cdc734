package dev.ebt.inference;

import dev.ebt.inference.InferenceJob.Call;
import dev.ebt.inference.InferenceJob.Computation;
import dev.ebt.predict.Interruption;
import dev.ebt.run.TrainedModel;
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
  private final Map<GroupKey, CallGroup<?, ?>> groups = new LinkedHashMap<>();
  private @Nullable Computation<?> computation;

  InferenceWorker(TrainedModel model, InferenceLimits limits, InferenceQueue queue) {
    this.model = model;
    this.variations = new ModelVariations(model);
    this.limits = limits;
    this.queue = queue;
  }

  /** What calls of one session have in common. */
  private record GroupKey(InferenceAdapter<?, ?> adapter, ThinkingVariation variation) {}

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
  private void close(Iterator<CallGroup<?, ?>> open) {
    if (!open.hasNext()) {
      model.close();
      return;
    }
    try {
      open.next().close();
    } finally {
      close(open);
    }
  }

  private int running() {
    return groups.values().stream().mapToInt(group -> group.size()).sum();
  }

  /** Ends what is to end, and lets it leave. */
  private void end() {
    expire();
    forEachGroup(CallGroup::removeEnded);
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
    groups.values().forEach(CallGroup::expire);
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
  private <I, O> CallGroup<I, O> group(
      InferenceAdapter<I, O> adapter, ThinkingVariation variation) {
    GroupKey key = new GroupKey(adapter, variation);
    CallGroup<?, ?> group = groups.remove(key);
    if (group == null) {
      group =
          new CallGroup<>(adapter.open(variations.of(variation, inUse()), limits.maxBatchSize()));
    }
    groups.put(key, group); // The last one: the order is that of their use.
    return (CallGroup<I, O>) group;
  }

  /** Returns the variations that calls are being answered with. */
  private Set<ThinkingVariation> inUse() {
    return groups.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
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
            .filter(entry -> entry.getValue().isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    for (GroupKey key : idle.subList(0, Math.max(0, idle.size() - MAX_IDLE))) {
      CallGroup<?, ?> group = groups.remove(key);
      if (group != null) {
        group.closeUnused();
      }
    }
  }

  private void advance() {
    forEachGroup(
        group -> {
          if (!group.isEmpty()) {
            group.advance(this::expire);
          }
        });
  }

  /**
   * Does something with each group; where it fails, the calls of that group do, and it is closed.
   */
  private void forEachGroup(Consumer<CallGroup<?, ?>> action) {
    for (Map.Entry<GroupKey, CallGroup<?, ?>> entry : List.copyOf(groups.entrySet())) {
      CallGroup<?, ?> group = entry.getValue();
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
