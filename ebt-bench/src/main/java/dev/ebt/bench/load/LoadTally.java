package dev.ebt.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** The counts of requests by several threads. Its memory does not grow with their number. */
final class LoadTally {
  private static final int DIGITS = 2;
  private static final int MOST_SHOWN = 5;
  private static final double MICROS_PER_MILLI = 1e3;

  private final Histogram latencies = new ConcurrentHistogram(TimeUnit.HOURS.toMicros(1), DIGITS);
  private final AtomicLong tokens = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final List<String> failures = new ArrayList<>();
  private final DoubleAdder seconds = new DoubleAdder();

  /** Counts an answer. */
  void answer(int generated, long nanos) {
    tokens.addAndGet(generated);
    latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(nanos));
  }

  /** Counts a request without a complete answer. */
  void failure(String reason) {
    failed.incrementAndGet();
    synchronized (failures) {
      if (failures.size() < MOST_SHOWN) {
        failures.add(reason);
      }
    }
  }

  /** Adds time in which the requests were made. */
  void during(double time) {
    seconds.add(time);
  }

  /** Returns the number of requests. */
  long requests() {
    return latencies.getTotalCount() + failed.get();
  }

  /** Returns the number of requests without a complete answer. */
  long failed() {
    return failed.get();
  }

  /** Returns the first failures. */
  List<String> failures() {
    synchronized (failures) {
      return List.copyOf(failures);
    }
  }

  /** Returns the generated tokens per second. */
  double tokensPerSecond() {
    return tokens.get() / seconds.sum();
  }

  /** Returns the milliseconds in which a percentage of answers arrived. */
  double millis(double percentile) {
    return latencies.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
  }
}
