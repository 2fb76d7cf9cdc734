package dev.ebt.bench.report;

import dev.ebt.bench.progress.ProgressLine;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.monitor.TrainingPhase;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.run.TrainingRun;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The current phase of a training, its start, and the duration of the last phase of the same type,
 * for a request to stop from another thread.
 */
final class TrainingActivity implements TrainingListener {
  private final boolean stopsBetweenBatches;
  private final int batches;
  private final int localSteps;
  private final LongSupplier nanos;
  private final Map<TrainingPhase, Long> lastNanos = new EnumMap<>(TrainingPhase.class);
  private @Nullable TrainingPhase phase;
  private long step;
  private long started;
  private long saved;

  /**
   * Creates an activity without a phase.
   *
   * @param batches the number of batches per update
   * @param localSteps the updates between two averages of processes; 1 if there are none
   */
  TrainingActivity(TrainingRun run, int batches, int localSteps) {
    this(run.stopsBetweenBatches(), batches, localSteps, run.done(), System::nanoTime);
  }

  /**
   * Creates an activity with the given clock, for a training with a latest checkpoint of this step.
   */
  TrainingActivity(
      boolean stopsBetweenBatches, int batches, int localSteps, long saved, LongSupplier nanos) {
    this.stopsBetweenBatches = stopsBetweenBatches;
    this.batches = batches;
    this.localSteps = localSteps;
    this.saved = saved;
    this.nanos = nanos;
  }

  @Override
  public synchronized void starting(TrainingPhase next, long ofStep) {
    long now = nanos.getAsLong();
    if (phase != null) {
      lastNanos.put(phase, now - started);
    }
    phase = next;
    step = ofStep;
    started = now;
  }

  @Override
  public synchronized void checkpoint(long ofStep, List<EvaluationResult> results) {
    saved = ofStep;
  }

  /**
   * Returns a description of the work that is finished before a stop, its duration, and the effect
   * of another Ctrl-C.
   */
  synchronized String ending() {
    String lost =
        saved == 0 ? "nothing is saved yet" : "what came after step " + saved + " is not saved yet";
    return finishing() + ". Ctrl-C again ends at once; " + lost;
  }

  private String finishing() {
    if (phase == null) {
      return "before the first update starts";
    }
    String taken = "it has taken " + time(nanos.getAsLong() - started) + " so far";
    Long last = lastNanos.get(phase);
    String times = last == null ? taken : taken + ", the one before took " + time(last);
    return switch (phase) {
      case UPDATE -> update(times);
      case VALIDATION ->
          String.format(
              Locale.ROOT,
              "the validation after step %s is finished (%s), then all is saved",
              step,
              times);
      case CHECKPOINT ->
          String.format(Locale.ROOT, "the checkpoint of step %s is written (%s)", step, times);
    };
  }

  private String update(String times) {
    long average = (step + localSteps - 1) / localSteps * localSteps;
    if (average > step) {
      return String.format(
          Locale.ROOT,
          "the updates up to %s, the next average of the processes, are finished (of update %s, %s),"
              + " then all is saved",
          average,
          step,
          times);
    }
    return batches > 1 && stopsBetweenBatches
        ? String.format(
            Locale.ROOT,
            "update %s is given up after the current one of its %s batches (%s), then all before it is saved",
            step,
            batches,
            times)
        : String.format(Locale.ROOT, "update %s is finished (%s), then all is saved", step, times);
  }

  private static String time(long nanos) {
    return ProgressLine.time(nanos / 1e9);
  }
}
