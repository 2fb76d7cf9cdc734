package dev.ebt.bench.report;

import dev.ebt.bench.progress.ProgressLine;
import dev.ebt.run.TrainingRun;
import dev.ebt.think.Evaluation;
import dev.ebt.train.TrainingListener;
import dev.ebt.train.TrainingPhase;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The part of a training that is under way, since when, and how long the last one of its kind took:
 * for whoever asks it to stop, from another thread.
 */
final class TrainingActivity implements TrainingListener {
  private final boolean stopsBetweenBatches;
  private final int batches;
  private final LongSupplier nanos;
  private final Map<TrainingPhase, Long> lastNanos = new EnumMap<>(TrainingPhase.class);
  private @Nullable TrainingPhase phase;
  private long step;
  private long started;
  private long saved;

  /**
   * Nothing is under way yet.
   *
   * @param batches whose gradients make one update
   */
  TrainingActivity(TrainingRun run, int batches) {
    this(run.stopsBetweenBatches(), batches, run.done(), System::nanoTime);
  }

  /** The same by another clock, for a training whose latest checkpoint is of this step. */
  TrainingActivity(boolean stopsBetweenBatches, int batches, long saved, LongSupplier nanos) {
    this.stopsBetweenBatches = stopsBetweenBatches;
    this.batches = batches;
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
  public synchronized void checkpoint(long ofStep, List<Evaluation.Result> results) {
    saved = ofStep;
  }

  /** What is finished before a training stops, how long it takes, and what another Ctrl-C does. */
  synchronized String ending() {
    String lost =
        saved == 0 ? "nothing is saved yet" : "what came after step " + saved + " is not saved yet";
    return finishing() + ". Ctrl-C again ends at once; " + lost;
  }

  private String finishing() {
    if (phase == null) {
      return "as soon as the first step would begin";
    }
    String taken = "it has taken " + time(nanos.getAsLong() - started) + " so far";
    Long last = lastNanos.get(phase);
    String times = last == null ? taken : taken + ", the one before took " + time(last);
    return switch (phase) {
      case UPDATE ->
          batches > 1 && stopsBetweenBatches
              ? String.format(
                  Locale.ROOT,
                  "update %s is given up after the current one of its %s batches (%s), then all before it is saved",
                  step,
                  batches,
                  times)
              : String.format(
                  Locale.ROOT, "update %s is finished (%s), then all is saved", step, times);
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

  private static String time(long nanos) {
    return ProgressLine.time(nanos / 1e9);
  }
}
