package dev.ebt.inference;

import dev.ebt.inference.InferenceJob.Call;
import dev.ebt.inference.InferenceJob.Computation;
import dev.ebt.run.TrainedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The work of the thread that alone uses a model. Between two units of work calls join and leave:
 * they are done, cancelled, or late.
 */
final class InferenceWorker implements Runnable {
  private final TrainedModel model;
  private final InferenceLimits limits;
  private final InferenceQueue queue;
  private final Map<InferenceAdapter<?, ?>, Group<?, ?>> groups = new LinkedHashMap<>();

  InferenceWorker(TrainedModel model, InferenceLimits limits, InferenceQueue queue) {
    this.model = model;
    this.limits = limits;
    this.queue = queue;
  }

  /** A call that is being answered. */
  private record Running<I, O>(Call<I, O> call, InferenceSession.Request<O> request) {
    /** Ends the call if it is done, cancelled or late. */
    boolean ended() {
      if (!call.future().isDone()) {
        try {
          if (request.done()) {
            call.future().complete(request.thought());
          } else if (call.late()) {
            call.endLate(request.soFar().orElse(null));
          }
        } catch (RuntimeException | Error e) {
          call.future().completeExceptionally(e);
        }
      }
      return call.future().isDone();
    }
  }

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

    void removeEnded() {
      List<Running<I, O>> ended = running.stream().filter(Running::ended).toList();
      running.removeAll(ended);
      ended.forEach(each -> session.remove(each.request()));
    }

    void fail(Throwable cause) {
      running.forEach(each -> each.call().future().completeExceptionally(cause));
    }
  }

  @Override
  public void run() {
    try {
      while (running() > 0 || queue.await()) {
        end();
        admit();
        advance();
      }
    } finally {
      queue.abandon(); // It is closed, unless an error ended this thread.
      end();
      groups.values().forEach(group -> group.session.close());
      model.close();
    }
  }

  private int running() {
    return groups.values().stream().mapToInt(group -> group.running.size()).sum();
  }

  /** Ends waiting calls that are cancelled or late, and all calls if the model is abandoned. */
  private void end() {
    for (InferenceJob job : queue.drain(InferenceWorker::ends)) {
      if (job instanceof Call<?, ?> call && !call.future().isDone()) {
        call.endLate(null);
      }
    }
    if (queue.abandoned()) {
      queue
          .drain(job -> true)
          .forEach(job -> job.future().completeExceptionally(new ModelClosedException()));
      groups.values().forEach(group -> group.fail(new ModelClosedException()));
    }
    groups.values().forEach(Group::removeEnded);
  }

  private static boolean ends(InferenceJob job) {
    return job.future().isDone() || (job instanceof Call<?, ?> call && call.late());
  }

  /** Returns the next waiting job that there is room for; a computation needs none. */
  private Optional<InferenceJob> next() {
    boolean room = running() < limits.together();
    return queue.poll(job -> room || job instanceof Computation<?>);
  }

  /** Does waiting computations and begins waiting calls. */
  private void admit() {
    for (Optional<InferenceJob> next = next(); next.isPresent(); next = next()) {
      InferenceJob job = next.get();
      if (job instanceof Computation<?> computation) {
        computation.run(model);
      } else if (job instanceof Call<?, ?> call) {
        begin(call);
      }
    }
  }

  private <I, O> void begin(Call<I, O> call) {
    try {
      group(call.adapter()).add(call);
    } catch (RuntimeException | Error e) {
      call.future().completeExceptionally(e);
    }
  }

  @SuppressWarnings("unchecked") // A group has the types of its adapter.
  private <I, O> Group<I, O> group(InferenceAdapter<I, O> adapter) {
    return (Group<I, O>)
        groups.computeIfAbsent(adapter, key -> new Group<>(adapter.open(model, limits.together())));
  }

  private void advance() {
    for (Map.Entry<InferenceAdapter<?, ?>, Group<?, ?>> entry : List.copyOf(groups.entrySet())) {
      Group<?, ?> group = entry.getValue();
      if (!group.running.isEmpty()) {
        try {
          group.session.advance();
          group.removeEnded();
        } catch (RuntimeException | Error e) {
          group.fail(e);
          groups.remove(entry.getKey());
          group.session.close();
        }
      }
    }
  }
}
