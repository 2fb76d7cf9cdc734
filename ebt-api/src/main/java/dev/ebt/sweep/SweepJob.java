package dev.ebt.sweep;

import dev.ebt.error.UserException;
import dev.ebt.run.RunStatus;
import dev.ebt.store.DurableFiles;
import dev.ebt.store.JsonLinesTail;
import dev.ebt.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * The trainings of a sweep, which can be stopped and continued: what is done is read from the
 * folders of the runs each time, so that nothing is lost by a kill and a finished run is not
 * repeated. Nor is one that diverged, since it would diverge again; one that failed for another
 * reason, such as a full disk, is.
 */
public final class SweepJob implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(300);

  private final SweepFolder folder;
  private final RunWorkers workers;
  private final int parallel;
  private final SweepLock lock;
  private final Set<RunWorkers.RunWorker> active = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> updates = new ConcurrentHashMap<>();
  private final Map<String, Long> targets = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  /**
   * Creates a job.
   *
   * @param workers trains the runs
   * @param parallel the runs that are trained at the same time
   * @throws UserException if another program trains them
   */
  public SweepJob(SweepFolder folder, RunWorkers workers, int parallel) {
    this.folder = folder;
    this.workers = workers;
    this.parallel = parallel;
    this.lock = SweepLock.on(folder.path());
  }

  /** Asks all trainings to save and end; from any thread. */
  public void stop() {
    stopping = true;
    active.forEach(RunWorkers.RunWorker::stop);
  }

  /** Returns the updates of all runs that are saved. */
  public long done() {
    return folder.plan().runs().stream().mapToLong(this::saved).sum();
  }

  /**
   * Trains all runs that are not finished, until they are or {@link #stop} is called.
   *
   * @return the results so far
   */
  public SweepResults run(SweepListener listener) {
    List<PlannedRun> runs = folder.plan().runs();
    runs.forEach(run -> updates.put(run.name(), saved(run)));
    runs.forEach(run -> targets.put(run.name(), (long) run.steps()));
    SweepOptions options = folder.plan().options();
    List<Integer> rungs = options.halving() ? Halving.of(runs).rungs() : List.of(Integer.MAX_VALUE);
    Set<Map<String, String>> left =
        runs.stream().map(PlannedRun::setting).collect(Collectors.toCollection(LinkedHashSet::new));
    Map<String, RunResult> dropped = new LinkedHashMap<>();
    for (int rung = 0; rung < rungs.size() && !stopping; rung++) {
      int until = rungs.get(rung);
      List<PlannedRun> going = runs.stream().filter(r -> left.contains(r.setting())).toList();
      train(going, until, listener);
      if (rung < rungs.size() - 1 && going.stream().anyMatch(run -> isMissing(run, until))) {
        break; // Its setting may be the best one: nothing is compared before it is there.
      }
      if (rung < rungs.size() - 1 && !stopping) {
        Set<Map<String, String>> better =
            Halving.better(left, setting -> cost(going, setting, until));
        going.stream()
            .filter(run -> !better.contains(run.setting()))
            .forEach(
                run -> {
                  dropped.put(run.name(), droppedResult(run, until));
                  targets.put(run.name(), (long) until);
                });
        listener.dropped(until, left.size(), better.size());
        left.retainAll(better);
      }
    }
    return SweepResults.of(
        runs.stream()
            .map(run -> dropped.getOrDefault(run.name(), RunResult.of(folder, run)))
            .toList(),
        options);
  }

  private RunResult droppedResult(PlannedRun run, int until) {
    RunResult read = RunResult.of(folder, run);
    return read.state() == RunResult.State.FAILED || read.state().isOver()
        ? read
        : read.as(RunResult.State.DROPPED, "among the worse half after update " + until);
  }

  /** Returns whether a run ended before an update though nothing is wrong with it. */
  private boolean isMissing(PlannedRun run, long until) {
    RunResult result = RunResult.of(folder, run);
    return result.state() == RunResult.State.UNFINISHED && result.step() < until;
  }

  /**
   * Returns the mean of a metric over the runs of a setting after an update, negated if needed; not
   * a number if one of them diverged or failed, so that a setting is as good as all of its seeds.
   */
  private double cost(List<PlannedRun> runs, Map<String, String> setting, int step) {
    SweepOptions options = folder.plan().options();
    DoubleStream values =
        runs.stream()
            .filter(run -> run.setting().equals(setting))
            .mapToDouble(run -> valueAt(run, options.metric(), step));
    double mean = values.average().orElse(Double.NaN);
    return options.highest() ? -mean : mean;
  }

  private double valueAt(PlannedRun run, String metric, int step) {
    RunResult result = RunResult.of(folder, run);
    boolean failed =
        result.state() == RunResult.State.DIVERGED || result.state() == RunResult.State.FAILED;
    return failed ? Double.NaN : result.at(step).value(metric).orElse(Double.NaN);
  }

  private void train(List<PlannedRun> runs, long until, SweepListener listener) {
    int together = Math.max(1, Math.min(parallel, runs.size()));
    ExecutorService threads = Executors.newFixedThreadPool(together);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (PlannedRun run : runs) {
        all.add(threads.submit(() -> train(run, until, together, listener)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } catch (ExecutionException e) {
      stop();
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      stop();
      Thread.currentThread().interrupt();
    } finally {
      threads.shutdown();
      awaitEnd(threads);
    }
  }

  /** Waits until no thread trains, whatever happens: a run is saved before its process ends. */
  private static void awaitEnd(ExecutorService threads) {
    boolean interrupted = false;
    while (true) {
      try {
        if (threads.awaitTermination(1, TimeUnit.HOURS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Trains a run unless it has come that far, has failed, or everything is to stop.
   *
   * @param together the runs that share the processors. It depends on the plan, and with halving on
   *     the round, but not on which runs are left: numbers of threads may change the rounding of
   *     sums
   */
  private void train(PlannedRun run, long until, int together, SweepListener listener) {
    try {
      awaitOther(run);
      if (stopping || isDone(run, until)) {
        return;
      }
      Path log = folder.log(run);
      Files.createDirectories(log.toAbsolutePath().getParent());
      Files.createDirectories(folder.path().resolve("runs"));
      listener.started(run, until);
      RunWorkers.RunWorker worker =
          workers.start(
              new RunWorkers.Order(
                  folder.configuration(run),
                  folder.run(run),
                  Math.min(until, run.steps()),
                  log,
                  together));
      active.add(worker);
      if (stopping) {
        worker.stop();
      }
      JsonLinesTail metrics = new JsonLinesTail(folder.run(run).resolve("metrics.jsonl"));
      while (!worker.await(POLL)) {
        lastStep(metrics).ifPresent(step -> updates.put(run.name(), step));
        advanced(listener);
      }
      active.remove(worker);
    } catch (IOException e) {
      throw DurableFiles.unwritable(folder.path().toString(), e, "The runs are untouched.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RunResult result = RunResult.of(folder, run);
    updates.put(run.name(), result.step());
    if (result.state() == RunResult.State.FAILED || result.state().isOver()) {
      targets.put(run.name(), result.step());
    }
    advanced(listener);
    listener.ended(result);
  }

  /** Waits for a process of a killed sweep that is still saving its run. */
  private void awaitOther(PlannedRun run) throws InterruptedException {
    Path path = folder.run(run);
    while (!stopping
        && RunDirectory.isPresent(path)
        && RunStatus.of(path).phase() == RunStatus.Phase.TRAINING) {
      Thread.sleep(POLL.toMillis());
    }
  }

  private void advanced(SweepListener listener) {
    listener.advanced(sum(updates), sum(targets));
  }

  private static long sum(Map<String, Long> numbers) {
    return numbers.values().stream().mapToLong(Long::longValue).sum();
  }

  private boolean isDone(PlannedRun run, long until) {
    if (!RunDirectory.isPresent(folder.run(run))) {
      return false;
    }
    RunResult result = RunResult.of(folder, run);
    return result.state().isOver()
        || (result.state() == RunResult.State.UNFINISHED && result.step() >= until);
  }

  private long saved(PlannedRun run) {
    return RunDirectory.isPresent(folder.run(run)) ? RunStatus.of(folder.run(run)).saved() : 0;
  }

  /** Returns the last update in the new lines of a run's metrics; empty if there are none. */
  private static OptionalLong lastStep(JsonLinesTail metrics) {
    return metrics.read().lines().stream()
        .map(line -> line.get("step"))
        .filter(Number.class::isInstance)
        .mapToLong(step -> ((Number) step).longValue())
        .reduce((earlier, later) -> later);
  }

  /** Lets other programs train the runs. */
  @Override
  public void close() {
    lock.close();
  }
}
