package dev.ebt.bench.watch;

import dev.ebt.run.RunStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Several receivers of what happens to watched runs, in their order. */
public record WatchListeners(List<WatchListener> all) implements WatchListener {
  /** Copies the list. */
  public WatchListeners {
    all = List.copyOf(all);
  }

  @Override
  public void waiting(Path run) {
    all.forEach(each -> each.waiting(run));
  }

  @Override
  public void metrics(Path run, long steps, Map<String, Object> line) {
    all.forEach(each -> each.metrics(run, steps, line));
  }

  @Override
  public void problem(Path run, String what) {
    all.forEach(each -> each.problem(run, what));
  }

  @Override
  public void ended(Path run, long step, RunStatus status) {
    all.forEach(each -> each.ended(run, step, status));
  }
}
