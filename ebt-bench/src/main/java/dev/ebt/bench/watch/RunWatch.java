package dev.ebt.bench.watch;

import dev.ebt.error.Required;
import dev.ebt.run.RunStatus;
import dev.ebt.store.JsonLinesTail;
import dev.ebt.store.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run that is watched from outside: new lines of its metrics, and its end. It may not exist
 * yet.
 */
public final class RunWatch {
  private final Path run;
  private final int past;
  private final WatchListener listener;
  private @Nullable JsonLinesTail metrics;
  private boolean waiting;
  private boolean damaged;
  private long step;
  private @Nullable RunStatus end;

  /**
   * Creates a watch that has seen nothing.
   *
   * @param past the number of lines that were there before of which the listener hears
   */
  public RunWatch(Path run, int past, WatchListener listener) {
    this.run = run;
    this.past = past;
    this.listener = listener;
  }

  /**
   * Reports what is new since the last call.
   *
   * @throws dev.ebt.error.UserException if the path is something else than a run
   */
  public void poll() {
    if (end != null || !isThere()) {
      return;
    }
    // The state comes first: what was written before a training ended is read after that is known.
    RunStatus status = RunStatus.of(run);
    read(status);
    if (status.phase() != RunStatus.Phase.TRAINING) {
      end = status;
      listener.ended(run, step, status);
    }
  }

  /** Returns how the training ended; null as long as it may go on. */
  public @Nullable RunStatus end() {
    return end;
  }

  private boolean isThere() {
    boolean there = RunDirectory.isPresent(run);
    if (!there && !waiting) {
      waiting = true;
      listener.waiting(run);
    }
    return there;
  }

  private void read(RunStatus status) {
    boolean first = metrics == null;
    if (metrics == null) {
      metrics = new JsonLinesTail(RunDirectory.read(run).metricsFile());
    }
    JsonLinesTail.Added added = metrics.read();
    List<Map<String, Object>> lines =
        added.lines().stream().filter(line -> line.get("step") instanceof Number).toList();
    if (added.damaged() + added.lines().size() > lines.size() && !damaged) {
      damaged = true;
      listener.problem(
          run, "metrics.jsonl has lines that are no JSON objects with a step; they are left out");
    }
    boolean before = first || added.restarted();
    int skipped = before ? Math.max(0, lines.size() - past) : 0;
    lines.stream().skip(skipped).forEach(line -> listener.metrics(run, status.steps(), line));
    if (!lines.isEmpty()) {
      step = ((Number) Required.of(lines.get(lines.size() - 1), "step")).longValue();
    }
    if (added.torn() && status.phase() != RunStatus.Phase.TRAINING) {
      listener.problem(
          run, "the last line of metrics.jsonl is incomplete, as of a process that was killed");
    }
  }
}
